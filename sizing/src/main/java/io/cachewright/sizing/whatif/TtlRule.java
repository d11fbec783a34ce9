package io.cachewright.sizing.whatif;

import io.cachewright.sizing.trace.Hashing;
import io.cachewright.sizing.trace.Trace;
import java.time.Duration;

/// The times to live that values would get.
public sealed interface TtlRule {

    /// As the trace has them.
    record AsTraced() implements TtlRule {}

    /// One for all.
    record Fixed(Duration ttl) implements TtlRule {
        public Fixed {
            if (ttl.isNegative() || ttl.isZero()) {
                throw new IllegalArgumentException("a time to live is positive, was " + ttl);
            }
        }
    }

    /// Another rule's, each made shorter by up to a share of it, by chance: values stored together do not
    /// expire together.
    ///
    /// @param share above 0, at most 1
    record Jittered(TtlRule rule, double share) implements TtlRule {
        public Jittered {
            if (!(share > 0 && share <= 1)) {
                throw new IllegalArgumentException("a share is above 0 and at most 1, was " + share);
            }
        }
    }

    /// Milliseconds, at least 1 for a value that expires; 0 for none.
    default long ttlMillis(Trace trace, int access) {
        return switch (this) {
            case AsTraced _ -> trace.ttlMillis(access);
            case Fixed(Duration ttl) -> Math.max(1, ttl.toMillis());
            case Jittered(TtlRule rule, double share) -> {
                long ttl = rule.ttlMillis(trace, access);
                double chance = (Hashing.mix(access + 1L) >>> 11) * 0x1p-53;
                yield ttl == 0 ? 0 : Math.max(1, Math.round(ttl * (1 - share * chance)));
            }
        };
    }
}
