package io.cachewright.sizing.trace;

import java.util.Arrays;
import java.util.SplittableRandom;

/// Traces that follow a law, the same for the same seed.
public final class SyntheticTrace {

    private SyntheticTrace() {}

    /// Reads whose keys are drawn independently from a Zipf law: the key of rank r is asked for in proportion to
    /// 1 / r^exponent.
    public static Trace zipf(int keys, double exponent, int accesses, AccessShape shape, long seed) {
        double[] upTo = new double[keys];
        double sum = 0;
        for (int rank = 0; rank < keys; rank++) {
            sum += Math.pow(rank + 1.0, -exponent);
            upTo[rank] = sum;
        }
        SplittableRandom random = new SplittableRandom(seed);
        TraceBuilder trace =
                new TraceBuilder("Zipf " + exponent + " over " + keys + " keys, " + accesses + " accesses");
        for (int access = 0; access < accesses; access++) {
            int found = Arrays.binarySearch(upTo, random.nextDouble() * sum);
            long id = Math.min(keys - 1, found < 0 ? -found - 1 : found);
            trace.add(
                    shape.timeMicros(access),
                    id,
                    Operation.READ,
                    shape.valueBytes().applyAsInt(id),
                    shape.ttlMillis().applyAsLong(id));
        }
        return trace.build();
    }
}
