package io.cachewright.runtime.loading;

import io.cachewright.domain.policy.LoadLimits;

/// When a value is loaded anew before it expires.
///
/* Two reasons, the later of which is usually switched off:
 *
 * XFetch [1]: a read with `left` to go loads with probability exp(−left / (β·Δ)), Δ being how long the last load took.
 * The many who read a hot key agree on nobody's behalf that about one of them loads it about Δ before its end; a key
 * that nobody reads is not loaded.
 *
 * Refresh ahead: any read in the last share of the time to live loads. Simple to reason about; without once-per-fleet
 * every process does it.
 *
 * [1] Vattani, Chierichetti, Lowenstein: Optimal Probabilistic Cache Stampede Prevention, PVLDB 8(8), 2015.
 */
public final class EarlyRefresh {

    /// −ln of the smallest number that `Math.random` can give above zero is below this.
    private static final double LOG_MAX = 37;

    private final double beta;
    private final long aheadNanos;

    public EarlyRefresh(LoadLimits limits) {
        this.beta = limits.earlyRefresh();
        this.aheadNanos = (long) (limits.ttl().toNanos() * limits.refreshAhead());
    }

    /// Before this much is left no read loads, so that hits need no random number.
    public long quietAboveNanos(long loadNanos) {
        return Math.max(aheadNanos, (long) (beta * loadNanos * LOG_MAX));
    }

    /// Whether a read loads the value whose last load took `loadNanos` and that lives for `leftNanos` more;
    /// `random` is uniform between 0 and 1.
    public boolean isDue(long leftNanos, long loadNanos, double random) {
        return leftNanos <= aheadNanos || leftNanos <= -beta * loadNanos * Math.log(1 - random);
    }
}
