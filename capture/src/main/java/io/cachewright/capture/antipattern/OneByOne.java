package io.cachewright.capture.antipattern;

import com.google.auto.service.AutoService;
import io.cachewright.capture.command.Client;
import io.cachewright.capture.command.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A chain of reads, each of another key of one shape, by one client, with gaps as long as a round trip. Where answers
/// are captured, nothing may be in flight; with MONITOR, the gaps must be too long for a pipeline.
@AutoService(AntiPattern.class)
public final class OneByOne implements AntiPattern {

    private static final int CHAIN_MIN = 8;
    /// Commands of one pipeline run a few microseconds apart; an answer that is awaited takes longer.
    private static final long GAP_MIN_NANOS = 40_000;

    private static final long GAP_MAX_NANOS = 5_000_000;

    private static boolean continues(Observed earlier, Observed command) {
        long gap = command.timeNanos() - earlier.timeNanos();
        boolean isAwaited =
                command.answer().map(answer -> answer.inFlight() == 0).orElse(gap >= GAP_MIN_NANOS);
        return isAwaited
                && gap <= GAP_MAX_NANOS
                && command.name().equals(earlier.name())
                && isAlike(command.key(), earlier.key());
    }

    /// A loop over a list asks for each key once; reads that follow events come back to the keys that events are about.
    private static boolean comesBack(List<Observed> chain, Observed command) {
        for (Observed earlier : chain) {
            if (earlier.key().equals(command.key())) {
                return true;
            }
        }
        return false;
    }

    /// The same first word.
    private static boolean isAlike(Key one, Key other) {
        int length = Math.min(one.length(), other.length());
        for (int i = 0; i < length && one.at(i) == other.at(i); i++) {
            if (one.at(i) == ':') {
                return i > 0;
            }
        }
        return false;
    }

    private static long waited(List<Observed> chain) {
        return chain.getLast().timeNanos() - chain.getFirst().timeNanos();
    }

    @Override
    public Facts facts() {
        return new Facts(
                "K2",
                Severity.PERFORMANCE,
                "many keys of one kind are read one after the other, each after the answer to the one before",
                "MGET, one pipeline, or a hash for the watch list; client-side caching",
                1);
    }

    @Override
    public Set<String> commands() {
        return Set.of(
                "GET", "HGET", "HMGET", "HGETALL", "ZSCORE", "EXISTS", "TTL", "PTTL", "STRLEN", "SISMEMBER", "LINDEX");
    }

    @Override
    public Detector start(Sightings seen) {
        return new Detector() {
            private final Recent<Client, List<Observed>> chains = new Recent<>();

            @Override
            public void on(Observed command) {
                if (!command.hasKey() || command.isAtomic()) {
                    return;
                }
                List<Observed> chain = chains.getOrNew(command.client(), ArrayList::new);
                if (!chain.isEmpty() && (!continues(chain.getLast(), command) || comesBack(chain, command))) {
                    chain.clear();
                }
                chain.add(command);
                if (chain.size() == CHAIN_MIN) {
                    seen.add(new Cost(CHAIN_MIN - 1, 0, waited(chain)), chain);
                } else if (chain.size() > CHAIN_MIN) {
                    chain.removeFirst();
                    seen.more(
                            0,
                            new Cost(
                                    1,
                                    0,
                                    command.timeNanos()
                                            - chain.get(chain.size() - 2).timeNanos()));
                }
            }
        };
    }
}
