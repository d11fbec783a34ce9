package io.cachewright.domain.policy;

import io.cachewright.domain.Durations;
import java.time.Duration;

/// How old a value may be when it is read.
///
/// A value has age `a` when no write acknowledged longer than `a` ago is missing from it.
public sealed interface Freshness {

    /// Nothing acknowledged before the read began may be missing: prove it with the server, or read there.
    record Strict() implements Freshness {
        @Override
        public String toString() {
            return "strict";
        }
    }

    /// Nothing acknowledged longer than `bound` ago may be missing.
    record Bounded(Duration bound) implements Freshness {
        public Bounded {
            if (bound.isNegative() || bound.isZero()) {
                throw new IllegalArgumentException(
                        "bound must be positive, was " + bound + "; use Freshness.strict() for no age at all");
            }
            if (bound.compareTo(Spans.MAX) > 0) {
                throw new IllegalArgumentException("bound must be at most " + Durations.format(Spans.MAX) + ", was "
                        + bound + "; use Freshness.bestEffort() for any age");
            }
        }

        @Override
        public String toString() {
            return "bounded(" + Durations.format(bound) + ")";
        }
    }

    /// Whatever is at hand, until it is invalidated or its time to live ends.
    record BestEffort() implements Freshness {
        @Override
        public String toString() {
            return "best-effort";
        }
    }

    static Freshness strict() {
        return new Strict();
    }

    /// @throws IllegalArgumentException when `bound` is not positive, or more than 365 d
    static Freshness bounded(Duration bound) {
        return new Bounded(bound);
    }

    static Freshness bestEffort() {
        return new BestEffort();
    }
}
