package io.cachewright.capture.antipattern;

import com.google.auto.service.AutoService;
import io.cachewright.capture.command.Client;
import io.cachewright.capture.command.Key;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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

    /// What one client read last, up to the length of a chain.
    private static final class Chain {

        private final @Nullable Observed[] reads = new Observed[CHAIN_MIN];

        /// Beside the reads, as they are compared with each key that comes.
        private final long[] hashes = new long[CHAIN_MIN];

        private int length;

        @Nullable
        Observed latest() {
            return length == 0 ? null : reads[(length - 1) % CHAIN_MIN];
        }

        /// A loop over a list asks for each key once; reads that follow events come back to the keys that
        /// events are about.
        boolean has(Key key) {
            for (int i = 0; i < Math.min(length, CHAIN_MIN); i++) {
                Observed read = reads[i];
                if (hashes[i] == key.hash() && read != null && read.key().equals(key)) {
                    return true;
                }
            }
            return false;
        }

        void add(Observed command) {
            int place = length++ % CHAIN_MIN;
            reads[place] = command;
            hashes[place] = command.key().hash();
        }

        /// In their order; only where there are as many as a chain takes.
        List<Observed> first() {
            return Stream.of(reads).map(Objects::requireNonNull).toList();
        }
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
            private final Recent<Client, Chain> chains = new Recent<>();

            @Override
            public void on(Observed command) {
                if (!command.hasKey() || command.isAtomic()) {
                    return;
                }
                Chain chain = chains.getOrNew(command.client(), Chain::new);
                Observed latest = chain.latest();
                if (latest == null || !continues(latest, command) || chain.has(command.key())) {
                    chain.length = 0;
                    chain.add(command);
                    return;
                }
                chain.add(command);
                if (chain.length == CHAIN_MIN) {
                    List<Observed> reads = chain.first();
                    long waited = command.timeNanos() - reads.getFirst().timeNanos();
                    seen.add(new Cost(CHAIN_MIN - 1, 0, waited), reads);
                } else if (chain.length > CHAIN_MIN) {
                    seen.more(0, new Cost(1, 0, command.timeNanos() - latest.timeNanos()));
                }
            }
        };
    }
}
