package io.cachewright.lab.market;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How uneven a stream of events is: its busiest 10 ms, 100 ms and second as multiples of what the mean would put
/// there. A cache is sized on these, never on the mean.
///
/// @param meanPerSecond events a second over the whole stretch
/// @param peakTenMillis busiest 10 ms against the mean
/// @param peakHundredMillis busiest 100 ms against the mean
/// @param peakSecond busiest second against the mean
public record BurstShape(double meanPerSecond, double peakTenMillis, double peakHundredMillis, double peakSecond) {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long TEN_MILLIS = 10_000_000L;

    /// The shape of all of `events` together.
    public static BurstShape of(Iterator<MarketEvent> events) {
        var counts = new Counts();
        events.forEachRemaining(event -> counts.add(event.receivedNanos()));
        return counts.shape();
    }

    /// The shape of each instrument's events.
    public static Map<Instrument, BurstShape> byInstrument(Iterator<MarketEvent> events) {
        Map<Instrument, BurstShape> shapes = new LinkedHashMap<>();
        countByInstrument(events).forEach((instrument, counts) -> shapes.put(instrument, counts.shape()));
        return shapes;
    }

    /// The correlation of the events per second of each pair of instruments; empty for fewer than two.
    public static List<Double> correlations(Iterator<MarketEvent> events) {
        Map<Instrument, Counts> byInstrument = countByInstrument(events);
        long firstSecond = byInstrument.values().stream()
                .mapToLong(counts -> counts.firstNanos / NANOS_PER_SECOND)
                .min()
                .orElse(0);
        long lastSecond = byInstrument.values().stream()
                .mapToLong(counts -> counts.lastNanos / NANOS_PER_SECOND)
                .max()
                .orElse(0);
        List<double[]> perSecond = byInstrument.values().stream()
                .map(counts -> counts.perSecond(firstSecond, lastSecond))
                .toList();
        List<Double> correlations = new ArrayList<>();
        for (int one = 0; one < perSecond.size(); one++) {
            for (int other = one + 1; other < perSecond.size(); other++) {
                correlations.add(correlation(perSecond.get(one), perSecond.get(other)));
            }
        }
        return correlations;
    }

    private static Map<Instrument, Counts> countByInstrument(Iterator<MarketEvent> events) {
        Map<Instrument, Counts> byInstrument = new LinkedHashMap<>();
        events.forEachRemaining(event -> byInstrument
                .computeIfAbsent(event.instrument(), _ -> new Counts())
                .add(event.receivedNanos()));
        return byInstrument;
    }

    private static double correlation(double[] one, double[] other) {
        double oneMean = Arrays.stream(one).average().orElse(0);
        double otherMean = Arrays.stream(other).average().orElse(0);
        double product = 0;
        double oneSquare = 0;
        double otherSquare = 0;
        for (int i = 0; i < one.length; i++) {
            product += (one[i] - oneMean) * (other[i] - otherMean);
            oneSquare += (one[i] - oneMean) * (one[i] - oneMean);
            otherSquare += (other[i] - otherMean) * (other[i] - otherMean);
        }
        return product / Math.sqrt(oneSquare * otherSquare);
    }

    /// Events counted in windows of 10 ms of the clock.
    private static final class Counts {

        private final Map<Long, Integer> tenMillis = new LinkedHashMap<>();
        private long firstNanos = Long.MAX_VALUE;
        private long lastNanos = Long.MIN_VALUE;
        private long events;

        void add(long nanos) {
            firstNanos = Math.min(firstNanos, nanos);
            lastNanos = Math.max(lastNanos, nanos);
            events++;
            tenMillis.merge(nanos / TEN_MILLIS, 1, Integer::sum);
        }

        BurstShape shape() {
            double seconds = Math.max(1e-9, (lastNanos - firstNanos) / (double) NANOS_PER_SECOND);
            double mean = events / seconds;
            return new BurstShape(mean, peak(1) / (mean / 100), peak(10) / (mean / 10), peak(100) / mean);
        }

        private int peak(int windows) {
            Map<Long, Integer> merged = new LinkedHashMap<>();
            tenMillis.forEach((window, count) -> merged.merge(window / windows, count, Integer::sum));
            return merged.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        }

        double[] perSecond(long firstSecond, long lastSecond) {
            var seconds = new double[Math.toIntExact(lastSecond - firstSecond + 1)];
            tenMillis.forEach((window, count) -> seconds[Math.toIntExact(window / 100 - firstSecond)] += count);
            return seconds;
        }
    }
}
