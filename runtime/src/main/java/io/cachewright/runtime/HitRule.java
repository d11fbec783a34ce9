package io.cachewright.runtime;

import io.cachewright.domain.policy.CacheClass;
import io.cachewright.runtime.coherence.ReadRule;
import java.lang.ref.Reference;
import org.jspecify.annotations.Nullable;

/// Whether what is near may be served without asking anybody, for one class, by the cheapest clock that can tell.
final class HitRule {

    final long boundNanos;
    private final LinkClock clock;
    private final @Nullable CoarseClock coarse;

    private HitRule(long boundNanos, LinkClock clock) {
        this.boundNanos = boundNanos;
        this.clock = clock;
        this.coarse = clock.coarseWithin(boundNanos);
    }

    static HitRule of(CacheClass policy, LinkClock clock) {
        return new HitRule(ReadRule.of(policy).boundNanos(), clock);
    }

    boolean readsCoarseClock() {
        return coarse != null;
    }

    /// A value of any age may be served.
    boolean isUnbounded() {
        return boundNanos == Long.MAX_VALUE;
    }

    /// Each value needs a proof of this very moment first.
    boolean isStrict() {
        return boundNanos < 0;
    }

    /// The present, or somewhat later where a clock is taken that is cheaper to read: what that does not let pass
    /// is judged again by the precise one.
    long nanos(HitTally.@Nullable Mine mine) {
        if (isUnbounded()) {
            return clock.tickNanos();
        }
        if (coarse == null || mine == null) {
            return clock.nanoTime();
        }
        try {
            return coarse.nanosNoEarlierThanNow(mine.clockAddress);
        } finally {
            Reference.reachabilityFence(mine.clockBuffer);
        }
    }

    /// Of an entry that was found usable after its link had proved `proved`.
    boolean isFresh(Entry<?> entry, long proved, long now) {
        return now - entry.expiresAtNanos < 0 && now - entry.currentAsOf(proved) <= boundNanos;
    }
}
