package io.cachewright.sizing.whatif;

import io.cachewright.sizing.trace.Trace;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;

/// What a cache within each client would do, kept right by the server's invalidations (`CLIENT TRACKING`).
///
/// Values leave a client's cache by invalidation and by its bound, least recently used first. Times to live do
/// not count here. In the default mode the server remembers who read a key since its last change, tells each of
/// them once and forgets; a client that dropped the value meanwhile is told all the same. In broadcasting mode it
/// tells every client of every change under the prefixes, and remembers nothing.
public final class ClientCacheWhatIf {

    /// How the server tracks.
    public sealed interface Mode {
        /// Who read what is remembered.
        record Default() implements Mode {}

        /// All clients hear of all changes of those keys.
        ///
        /// @param isUnderPrefix whether a key's number is one that the prefixes cover
        record Broadcast(IntPredicate isUnderPrefix) implements Mode {}
    }

    /// @param clients how many
    /// @param entriesMax entries in each client's cache
    /// @param clientOf the client of an access, 0 to `clients - 1`
    public record Setting(int clients, int entriesMax, IntUnaryOperator clientOf, Mode mode) {
        public Setting {
            if (clients < 1 || clients > 100_000 || entriesMax < 1) {
                throw new IllegalArgumentException(
                        "1 to 100,000 clients with at least one entry each, were " + clients + " and " + entriesMax);
            }
        }

        /// Clients that take accesses in turn.
        public static Setting inTurn(int clients, int entriesMax, Mode mode) {
            return new Setting(clients, entriesMax, access -> access % clients, mode);
        }
    }

    /// @param reads accesses that looked a key up
    /// @param localHits reads answered within the client; what is left reaches the server
    /// @param invalidations keys told to clients, each client counted
    /// @param invalidationsPerSecondMax in the worst second
    /// @param trackedKeysMax the most keys in the server's tracking table at once
    public record Outcome(
            long reads, long localHits, long invalidations, long invalidationsPerSecondMax, int trackedKeysMax) {
        public double localHitRatio() {
            return reads == 0 ? 0 : (double) localHits / reads;
        }
    }

    private final Trace trace;
    private final Setting setting;
    private final List<Map<Integer, Boolean>> caches = new ArrayList<>();
    private final Map<Integer, BitSet> trackedBy = new LinkedHashMap<>();
    private final PerSecond invalidations = new PerSecond();
    private long localHits;
    private int trackedKeysMax;

    private ClientCacheWhatIf(Trace trace, Setting setting) {
        this.trace = trace;
        this.setting = setting;
        for (int client = 0; client < setting.clients(); client++) {
            caches.add(new LinkedHashMap<>(16, 0.75f, true));
        }
    }

    public static Outcome of(Trace trace, Setting setting) {
        return new ClientCacheWhatIf(trace, setting).run();
    }

    private Outcome run() {
        for (int access = 0; access < trace.length(); access++) {
            int key = trace.key(access);
            switch (trace.operation(access)) {
                case READ -> read(key, setting.clientOf().applyAsInt(access));
                case WRITE, DELETE -> change(key, trace.timeMicros(access));
            }
        }
        return new Outcome(trace.reads(), localHits, invalidations.total(), invalidations.max(), trackedKeysMax);
    }

    private void read(int key, int client) {
        Map<Integer, Boolean> cache = caches.get(client);
        boolean isCovered = switch (setting.mode()) {
            case Mode.Default _ -> true;
            case Mode.Broadcast(IntPredicate isUnderPrefix) -> isUnderPrefix.test(key);
        };
        if (!isCovered) {
            return;
        }
        if (cache.get(key) != null) {
            localHits++;
            return;
        }
        cache.put(key, true);
        if (cache.size() > setting.entriesMax()) {
            cache.remove(cache.keySet().iterator().next());
        }
        if (setting.mode() instanceof Mode.Default) {
            trackedBy.computeIfAbsent(key, _ -> new BitSet()).set(client);
            trackedKeysMax = Math.max(trackedKeysMax, trackedBy.size());
        }
    }

    private void change(int key, long now) {
        switch (setting.mode()) {
            case Mode.Default _ -> {
                BitSet readers = trackedBy.remove(key);
                if (readers != null) {
                    readers.stream().forEach(client -> tell(client, key, now));
                }
            }
            case Mode.Broadcast(IntPredicate isUnderPrefix) -> {
                if (isUnderPrefix.test(key)) {
                    for (int client = 0; client < setting.clients(); client++) {
                        tell(client, key, now);
                    }
                }
            }
        }
    }

    private void tell(int client, int key, long now) {
        caches.get(client).remove(key);
        invalidations.add(now);
    }
}
