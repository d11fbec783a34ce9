package io.cachewright.sizing.curve;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Hit ratio against memory, from little to much.
///
/// @param label of what, for example `exact LRU` or `allkeys-lfu`
/// @param points by growing memory
public record MissRatioCurve(String label, List<Point> points) {

    private static final long STEPS_MAX = 10_000;

    /// @param bytes memory for keys and values
    /// @param hitRatio hits among reads, 0 to 1
    /// @param errorBound half the width of the 95 % interval of the hit ratio; 0 where nothing was sampled
    public record Point(long bytes, double hitRatio, double errorBound) {
        public double missRatio() {
            return 1 - hitRatio;
        }
    }

    /// What one step of memory brings.
    ///
    /// @param fromBytes the memory before
    /// @param toBytes the memory after
    /// @param hitRatioGained by how much the hit ratio rises
    public record Step(long fromBytes, long toBytes, double hitRatioGained) {}

    public MissRatioCurve {
        points = List.copyOf(points);
        long[] bytes = points.stream().mapToLong(Point::bytes).toArray();
        long[] sorted = bytes.clone();
        Arrays.sort(sorted);
        if (points.isEmpty() || !Arrays.equals(bytes, sorted)) {
            throw new IllegalArgumentException("a curve has at least one point, by growing memory");
        }
    }

    /// The hit ratio at so much memory: of the last point that is not above it, 0 below the first.
    public double hitRatioAt(long bytes) {
        double ratio = 0;
        for (Point point : points) {
            if (point.bytes() > bytes) {
                break;
            }
            ratio = point.hitRatio();
        }
        return ratio;
    }

    /// The least memory of this curve's points that reaches a hit ratio; empty when none does.
    public Optional<Long> bytesFor(double hitRatio) {
        return points.stream()
                .filter(point -> point.hitRatio() >= hitRatio)
                .map(Point::bytes)
                .findFirst();
    }

    /// What each further `stepBytes` bring, for example each further GB; the first 10,000 steps.
    public List<Step> marginal(long stepBytes) {
        if (stepBytes <= 0) {
            throw new IllegalArgumentException("a step is positive, was " + stepBytes);
        }
        long last = points.getLast().bytes();
        long steps = Math.min(STEPS_MAX, (last + stepBytes - 1) / stepBytes);
        Step[] gains = new Step[(int) steps];
        for (int i = 0; i < gains.length; i++) {
            long from = i * stepBytes;
            gains[i] = new Step(from, from + stepBytes, hitRatioAt(from + stepBytes) - hitRatioAt(from));
        }
        return List.of(gains);
    }

    /// The mean absolute difference in hit ratio from another curve, at this one's points.
    public double meanDistance(MissRatioCurve other) {
        return points.stream()
                .mapToDouble(point -> Math.abs(point.hitRatio() - other.hitRatioAt(point.bytes())))
                .average()
                .orElse(0);
    }
}
