package io.cachewright.optimizer.prove;

import io.cachewright.optimizer.advice.Effect.Metric;
import io.cachewright.optimizer.prove.Proof.Comparison;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/// One metric over the pairs: its value on both sides, pair by pair.
///
/// Percentiles need more operations than one short run has, so they are taken over blocks of consecutive pairs whose
/// histograms are added up; a block in which our own lag would show is left out.
final class MetricSeries {

    /// Fewer points say nothing at any useful level.
    static final int POINTS_MIN = 8;

    /// So many operations of a block lie beyond its percentile, or more.
    private static final int OPERATIONS_BEYOND_MIN = 3;

    /// The largest part of a percentile that may be our own lag.
    private static final double LAG_SHARE_MAX = 0.10;

    private final Metric metric;
    private final double[] baseline;
    private final double[] candidate;

    private MetricSeries(Metric metric, double[] baseline, double[] candidate) {
        this.metric = metric;
        this.baseline = baseline;
        this.candidate = candidate;
    }

    /// Empty when this metric was not measured, or not often enough.
    static Optional<MetricSeries> of(Metric metric, List<Pair> pairs) {
        return switch (metric) {
            case P50 -> percentile(metric, 50, pairs);
            case P99 -> percentile(metric, 99, pairs);
            case P999 -> percentile(metric, 99.9, pairs);
            case THROUGHPUT -> perPair(metric, pairs, Slice::operationsPerSecond);
            case SERVER_TIME -> perPair(metric, pairs, slice -> slice.serverSeconds() / slice.operations() * 1e9);
            case MEMORY -> perPair(metric, pairs, Slice::memoryBytes);
            case BYTES_IN -> perPair(metric, pairs, slice -> (double) slice.bytesIn() / slice.operations());
            case BYTES_OUT -> perPair(metric, pairs, slice -> (double) slice.bytesOut() / slice.operations());
            // Whether a key is still there depends on eviction and expiry, which no short run shows.
            case HIT_RATIO -> Optional.empty();
        };
    }

    /// Candidate against baseline with its interval; empty when that few points cannot be that sure.
    Optional<Comparison> compare(double alpha) {
        double[] ratios = logRatios();
        return SignedRank.interval(ratios, alpha)
                .map(interval -> new Comparison(
                        metric,
                        median(baseline),
                        median(candidate),
                        Math.expm1(interval.estimate()),
                        Math.expm1(interval.low()),
                        Math.expm1(interval.high()),
                        ratios.length));
    }

    private double[] logRatios() {
        return IntStream.range(0, baseline.length)
                .mapToDouble(i -> Math.log(candidate[i] / baseline[i]))
                .toArray();
    }

    /// Whether so many pairs in all would hold enough operations for this metric.
    static boolean isAttainable(Metric metric, List<Pair> pairs, int pairsMax) {
        return switch (metric) {
            case P50 -> operationsNeeded(50) <= perSlice(pairs) * pairsMax / POINTS_MIN;
            case P99 -> operationsNeeded(99) <= perSlice(pairs) * pairsMax / POINTS_MIN;
            case P999 -> operationsNeeded(99.9) <= perSlice(pairs) * pairsMax / POINTS_MIN;
            case THROUGHPUT, SERVER_TIME, MEMORY, BYTES_IN, BYTES_OUT -> true;
            case HIT_RATIO -> false;
        };
    }

    private static Optional<MetricSeries> perPair(Metric metric, List<Pair> pairs, ToDoubleFunction<Slice> value) {
        List<double[]> points = new ArrayList<>();
        for (Pair pair : pairs) {
            addPoint(points, value.applyAsDouble(pair.baseline()), value.applyAsDouble(pair.candidate()));
        }
        return series(metric, points);
    }

    private static Optional<MetricSeries> percentile(Metric metric, double percentile, List<Pair> pairs) {
        double perSlice = perSlice(pairs);
        double needed = operationsNeeded(percentile);
        if (perSlice == 0 || needed / perSlice > (double) pairs.size() / POINTS_MIN) {
            return Optional.empty();
        }
        int size = (int) Math.ceil(needed / perSlice);
        List<double[]> points = new ArrayList<>();
        for (int start = 0; start + size <= pairs.size(); start += size) {
            List<Pair> block = pairs.subList(start, start + size);
            List<Slice> before = block.stream().map(Pair::baseline).toList();
            List<Slice> after = block.stream().map(Pair::candidate).toList();
            if (isOurLagSmall(before, percentile) && isOurLagSmall(after, percentile)) {
                addPoint(points, latencyAt(before, percentile), latencyAt(after, percentile));
            }
        }
        return series(metric, points);
    }

    private static double operationsNeeded(double percentile) {
        return OPERATIONS_BEYOND_MIN / (1 - percentile / 100);
    }

    private static double perSlice(List<Pair> pairs) {
        return pairs.stream()
                .mapToLong(pair -> Math.min(
                        pair.baseline().latency().getTotalCount(),
                        pair.candidate().latency().getTotalCount()))
                .average()
                .orElse(0);
    }

    private static boolean isOurLagSmall(List<Slice> slices, double percentile) {
        Histogram lag = sum(slices.stream().map(Slice::lag).toList());
        return lag.getValueAtPercentile(percentile) <= LAG_SHARE_MAX * latencyAt(slices, percentile);
    }

    private static double latencyAt(List<Slice> slices, double percentile) {
        return sum(slices.stream().map(Slice::latency).toList()).getValueAtPercentile(percentile);
    }

    private static Histogram sum(List<Histogram> parts) {
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        Histogram sum = Slice.newHistogram();
        parts.forEach(sum::add);
        return sum;
    }

    /// A ratio needs two positive numbers; a run too short for the server's clock to move gives none.
    private static void addPoint(List<double[]> points, double before, double after) {
        if (before > 0 && after > 0 && Double.isFinite(before) && Double.isFinite(after)) {
            points.add(new double[] {before, after});
        }
    }

    private static Optional<MetricSeries> series(Metric metric, List<double[]> points) {
        if (points.size() < POINTS_MIN) {
            return Optional.empty();
        }
        return Optional.of(new MetricSeries(
                metric,
                points.stream().mapToDouble(point -> point[0]).toArray(),
                points.stream().mapToDouble(point -> point[1]).toArray()));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
