package io.cachewright.runtime.coherence;

import java.util.random.RandomGenerator;

/// SplitMix64 (Steele, Lea, Flood 2014): one addition and three multiplications a number, set back to any seed at once.
final class SimRandom implements RandomGenerator {

    private long state;

    void reset(long seed) {
        state = seed;
    }

    @Override
    public long nextLong() {
        state += 0x9E3779B97F4A7C15L;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /// From 0 to `bound` - 1; the bias of the multiplication is beyond what a schedule can notice.
    int below(int bound) {
        return (int) (((nextLong() >>> 32) * bound) >>> 32);
    }

    boolean oneIn(int count) {
        return below(count) == 0;
    }
}
