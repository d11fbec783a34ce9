package io.cachewright.lab.market;

import java.util.SplittableRandom;

/// Spreads time-to-live values by up to a quarter either way, so that keys written together do not expire together.
/// Seeded by a name: the same program gives the same values.
public final class Jitter {

    private static final double SHARE = 0.25;

    private final SplittableRandom random;

    public Jitter(String name) {
        this.random = new SplittableRandom(name.hashCode());
    }

    public long around(long millis) {
        return (long) (millis * random.nextDouble(1 - SHARE, 1 + SHARE));
    }
}
