package io.cachewright.runtime;

import io.cachewright.domain.policy.CacheClass;
import io.cachewright.domain.policy.LoadLimits;
import io.cachewright.runtime.loading.CircuitBreaker;
import io.cachewright.runtime.loading.LoadCounts;
import io.cachewright.runtime.loading.LoadListener;
import io.cachewright.runtime.loading.LoadListeners;
import io.cachewright.runtime.loading.Loads;
import io.cachewright.runtime.loading.Outcome;
import io.cachewright.runtime.loading.Want;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads of one class of keys, near, in the server, and where it has none, from the source: with the freshness
/// that the class promises and within the limits of its loading.
///
/// Safe for use by many threads; reads that miss block, which suits virtual threads. Keys are whole server keys.
public final class LoadingCache<V> {

    /// Looks into the server during one read: each further one follows a load by somebody.
    private static final int LOOKS_MAX = 4;
    /// Loads that one read waits for: the second when a change overtook the first.
    private static final int LOADS_MAX = 2;

    private final NearCache<Stored<V>> near;
    private final Codec<V> codec;
    private final CacheClass policy;
    private final LinkClock clock;
    private final Loads<V> loads;
    private final ServerFills<V> fills;
    private final Quarantine quarantine;
    private final Invalidator invalidator;
    private final StoredReads<V> reads;
    private final LoadedAnswers<V> answers;
    private final LoadListeners listeners;
    private final long softNanos;
    private final long hardNanos;

    LoadingCache(
            NearCache<Stored<V>> near,
            Codec<V> codec,
            Loads<V> loads,
            ServerFills<V> fills,
            Quarantine quarantine,
            Invalidator invalidator,
            StoredReads<V> reads,
            LoadedAnswers<V> answers,
            LoadListeners listeners) {
        this.near = near;
        this.codec = codec;
        this.policy = near.policy();
        this.clock = near.clock();
        this.loads = loads;
        this.fills = fills;
        this.quarantine = quarantine;
        this.invalidator = invalidator;
        this.reads = reads;
        this.answers = answers;
        this.listeners = listeners;
        LoadLimits limits = policy.loading().orElseThrow();
        this.softNanos = limits.softTimeout().toNanos();
        this.hardNanos = limits.hardTimeout().toNanos();
        near.onDrop(this::changed);
    }

    public CacheClass policy() {
        return policy;
    }

    /// The value of `key`, null when the source has none.
    ///
    /// @throws CacheException.NotLoaded when it had to be loaded, could not be, and there is no last value
    /// @throws CacheException.Refused when the class refuses reads while its freshness is unproved
    /// @throws CacheException.Unavailable when the server was needed and did not answer in time
    public @Nullable V get(String key) {
        Stored<V> hit = reads.hit(key);
        return hit == null ? read(key).value() : hit.value;
    }

    /// The value of `key` with its version, the bound on its age and where it came from.
    public Answer<V> read(String key) {
        return read(key, clock.nanoTime());
    }

    /// The values of `keys`, without those that the source does not have. What is not near is asked of each
    /// server in one round trip; what must be loaded is asked of the source together where its loader is a
    /// [io.cachewright.runtime.loading.BatchLoader].
    ///
    /// @throws CacheException as [#get] does, for the first key that cannot be read
    public Map<String, V> getAll(Collection<String> keys) {
        Map<String, V> values = HashMap.newHashMap(keys.size());
        List<String> missed = new ArrayList<>();
        for (String key : keys) {
            Stored<V> hit = reads.hit(key);
            if (hit == null) {
                missed.add(key);
            } else if (hit.value != null) {
                values.put(key, hit.value);
            }
        }
        if (!missed.isEmpty()) {
            readAll(missed).forEach((key, answer) -> {
                V value = answer.value();
                if (value != null) {
                    values.put(key, value);
                }
            });
        }
        return values;
    }

    /// Invalidates `keys` and what follows from them by the cascades of the policy: see
    /// [CachewrightClient#invalidate].
    public Invalidation invalidate(String... keys) {
        return invalidator.keys(List.of(keys));
    }

    /// Invalidates every value of this class, and what follows from that.
    ///
    /// @throws IllegalStateException when the policy does not say that it is invalidated by generation
    public Invalidation invalidateAll() {
        if (!policy.invalidation().byGeneration()) {
            throw new IllegalStateException("class " + policy.name()
                    + " is not invalidated by generation: say `by-generation: true` in its policy");
        }
        return invalidator.wholeClass(policy.name());
    }

    /// Hits, misses and the like, of the near-cache and the server.
    public CacheStatistics statistics() {
        CacheStatistics counts = near.statistics();
        return new CacheStatistics(
                counts.hits(),
                counts.stale() + answers.stale(),
                counts.remote(),
                counts.refused(),
                counts.failed(),
                quarantine.count(),
                counts.entries());
    }

    /// What the source was asked.
    public LoadCounts loadCounts() {
        return loads.counts();
    }

    /// Whether the source is asked just now.
    public CircuitBreaker.State breaker() {
        return loads.breaker();
    }

    /// Loads under way just now.
    public int loadsUnderWay() {
        return loads.size();
    }

    /// Lets `listener` hear how loads go from now on; no second time what is equal to one that does.
    public void addLoadListener(LoadListener listener) {
        listeners.add(listener);
    }

    /// The newest values that could not be read, a few.
    public List<UnreadableValue> unreadableValues() {
        return quarantine.samples();
    }

    void close() {
        loads.close();
    }

    private void changed(String key) {
        loads.changed(key);
        fills.changed(key);
    }

    // One read

    private Answer<V> read(String key, long invoked) {
        long deadline = invoked + hardNanos;
        int loaded = 0;
        for (int looks = 0; looks < LOOKS_MAX; looks++) {
            switch (reads.look(key)) {
                case Found.Value<V> value -> {
                    return served(value);
                }
                case Found.NoServer<V>() -> {
                    // The server had its time; what is left of this would be nothing where that is the longer one.
                    Want want = Want.withoutServer(key, clock.nanoTime());
                    return answers.withoutServer(key, loads.load(want, hardNanos));
                }
                case Found.Nothing<V> nothing -> {
                    long looked = clock.nanoTime();
                    long wait = Math.min(nothing.last() == null ? hardNanos : softNanos, deadline - looked);
                    // What was seen may be known for less long than a load has ended; once is enough to look again.
                    Want want = looks < 2 ? nothing.want() : nothing.want().seenAt(looked);
                    Outcome<V> outcome = loads.load(want, Math.max(0, wait));
                    Answer<V> answer = answers.of(key, outcome, nothing, looked);
                    if (answer != null) {
                        return answer;
                    }
                    if (outcome instanceof Outcome.Loaded<V> last && ++loaded == LOADS_MAX) {
                        // Changes overtook each load, or the server could not be filled.
                        return answers.aged(key, last);
                    }
                }
            }
        }
        throw new CacheException.NotLoaded("the value of " + key + " changed again and again while it was read");
    }

    private Answer<V> served(Found.Value<V> found) {
        Want early = found.early();
        if (early != null) {
            loads.refresh(early);
        }
        return answers.found(found);
    }

    // Several reads

    /// As [#read] for each of `keys`, in as few round trips as [#getAll].
    public Map<String, Answer<V>> readAll(Collection<String> keys) {
        long invoked = clock.nanoTime();
        Map<String, Answer<V>> all = HashMap.newHashMap(keys.size());
        Map<String, Found.Nothing<V>> missing = new LinkedHashMap<>();
        List<String> unreached = new ArrayList<>();
        reads.lookAll(keys).forEach((key, found) -> {
            switch (found) {
                case Found.Value<V> value -> all.put(key, served(value));
                case Found.Nothing<V> nothing -> missing.put(key, nothing);
                case Found.NoServer<V>() -> unreached.add(key);
            }
        });
        if (!missing.isEmpty()) {
            long looked = clock.nanoTime();
            boolean hasLast = missing.values().stream().allMatch(nothing -> nothing.last() != null);
            List<Want> wants =
                    missing.values().stream().map(Found.Nothing::want).toList();
            Map<String, Outcome<V>> outcomes = loads.loadAll(wants, hasLast ? softNanos : hardNanos);
            missing.forEach((key, nothing) -> {
                Outcome<V> outcome = outcomes.get(key);
                Answer<V> answer = outcome == null ? null : answers.of(key, outcome, nothing, looked);
                if (answer != null) {
                    all.put(key, answer);
                }
            });
        }
        loadWithoutServer(unreached, all);
        for (String key : keys) {
            if (!all.containsKey(key)) {
                all.put(key, read(key, invoked));
            }
        }
        return all;
    }

    /// Loads together those of `keys` whose server is away, for which each would wait anew if it were read alone.
    private void loadWithoutServer(List<String> keys, Map<String, Answer<V>> all) {
        List<Want> wants = keys.stream()
                .filter(near::wouldWaitForLink)
                .map(key -> Want.withoutServer(key, clock.nanoTime()))
                .toList();
        if (!wants.isEmpty()) {
            loads.loadAll(wants, hardNanos)
                    .forEach((key, outcome) -> all.put(key, answers.withoutServer(key, outcome)));
        }
    }

    /// For the verifier. What cannot be read has no value to be compared.
    Samples<String, V> samples() {
        return new KeySamples<>(near, Stored::readValue, codec);
    }
}
