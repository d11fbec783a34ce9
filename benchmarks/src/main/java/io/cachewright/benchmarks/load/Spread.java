package io.cachewright.benchmarks.load;

import java.util.Arrays;
import java.util.Locale;

/// Figures of several rounds.
public record Spread(double median, double min, double max) {

    public static Spread of(double[] figures) {
        double[] sorted = figures.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }

    public String format(String pattern) {
        return String.format(Locale.ROOT, pattern + " [" + pattern + "–" + pattern + "]", median, min, max);
    }
}
