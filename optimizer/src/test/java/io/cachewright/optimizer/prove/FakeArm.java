package io.cachewright.optimizer.prove;

import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;

/// A side that takes as long as it is told, with noise.
final class FakeArm implements Arm {

    private static final int OPERATIONS = 20;

    private final SplittableRandom random;
    private final double factor;
    private final double noise;

    /// @param factor server time and latency against the usual
    /// @param noise standard deviation of the logarithm of a run
    FakeArm(long seed, double factor, double noise) {
        this.random = new SplittableRandom(seed);
        this.factor = factor;
        this.noise = noise;
    }

    @Override
    public Slice run(int round) {
        double micros = 50 * factor * Math.exp(noise * random.nextGaussian());
        Histogram latency = Slice.newHistogram();
        Histogram lag = Slice.newHistogram();
        for (int i = 0; i < OPERATIONS; i++) {
            latency.recordValue(Math.round(1_000 * micros * (1 + 0.1 * random.nextDouble())));
            lag.recordValue(100);
        }
        return new Slice(OPERATIONS, OPERATIONS * micros / 1e6, 1_000, 1_000, 1 << 20, 1e6 / micros, latency, lag);
    }
}
