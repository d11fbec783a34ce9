package io.cachewright.runtime.loading;

import java.util.random.RandomGenerator;

/// Shortens times to live at random, so that what was loaded together does not expire together.
public final class TtlJitter {

    private TtlJitter() {}

    /// Between `ttlMillis` and `share` of it less, evenly; at least a millisecond.
    public static long shorten(long ttlMillis, double share, RandomGenerator random) {
        return Math.max(1, ttlMillis - (long) (ttlMillis * share * random.nextDouble()));
    }
}
