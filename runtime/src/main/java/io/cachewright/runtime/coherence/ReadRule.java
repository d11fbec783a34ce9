package io.cachewright.runtime.coherence;

import io.cachewright.domain.policy.CacheClass;
import io.cachewright.domain.policy.Freshness;
import io.cachewright.domain.policy.WhenUnproved;

/// Judges one value at hand by its age, for one class of keys.
///
/// @param boundNanos the greatest age that may be served as fresh; negative for [Freshness.Strict]
public record ReadRule(long boundNanos, WhenUnproved whenUnproved) {

    /// What to do with a value at hand.
    public enum Verdict {
        /// Serve it: it is as fresh as promised.
        SERVE,
        /// Wait for a proof of the link that was asked for after the read began, then look again.
        PROVE,
        /// Read from the server.
        REMOTE,
        /// Serve it, marked stale.
        SERVE_STALE,
        /// Refuse the read.
        REFUSE
    }

    private static final long STRICT = -1;

    public static ReadRule of(CacheClass policy) {
        return of(policy.freshness(), policy.whenUnproved());
    }

    public static ReadRule of(Freshness freshness, WhenUnproved whenUnproved) {
        return switch (freshness) {
            case Freshness.Strict() -> new ReadRule(STRICT, whenUnproved);
            case Freshness.Bounded(var bound) -> new ReadRule(bound.toNanos(), whenUnproved);
            case Freshness.BestEffort() -> new ReadRule(Long.MAX_VALUE, whenUnproved);
        };
    }

    public boolean isStrict() {
        return boundNanos < 0;
    }

    /// Whether a value of any age may be served, so that no clock need be read.
    public boolean isBestEffort() {
        return boundNanos == Long.MAX_VALUE;
    }

    /// For a value that is at most `ageNanos` old. `linkIsLive` says whether a proof can be expected soon.
    public Verdict judge(long ageNanos, boolean linkIsLive) {
        if (ageNanos <= boundNanos) {
            return Verdict.SERVE;
        }
        if (linkIsLive) {
            return isStrict() ? Verdict.PROVE : Verdict.REMOTE;
        }
        return unproved();
    }

    /// For a value whose proof was asked for and did not come.
    public Verdict unproved() {
        return switch (whenUnproved) {
            case REMOTE -> Verdict.REMOTE;
            case DEGRADE -> Verdict.SERVE_STALE;
            case REFUSE -> Verdict.REFUSE;
        };
    }
}
