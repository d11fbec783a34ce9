package io.cachewright.benchmarks.collect;

import java.util.Arrays;
import java.util.Locale;

/// The median of paired ratios, with the interval that covers it in at least 95 of 100 cases whatever their
/// distribution: the order statistics that the sign test at 5 % just does not reject.
record PairedRatio(double low, double median, double high, int pairs) {

    private static final double ONE_SIDE = 0.025;

    static PairedRatio of(double[] with, double[] without) {
        int count = with.length;
        double[] ratios = new double[count];
        for (int i = 0; i < count; i++) {
            ratios[i] = with[i] / without[i];
        }
        Arrays.sort(ratios);
        int cut = outside(count);
        int middle = count / 2;
        double median = count % 2 == 1 ? ratios[middle] : (ratios[middle - 1] + ratios[middle]) / 2;
        return new PairedRatio(ratios[cut], median, ratios[count - 1 - cut], count);
    }

    /// How many of the sorted ratios lie outside the interval on each side.
    private static int outside(int count) {
        double chance = Math.pow(0.5, count);
        double sum = chance;
        int outside = 0;
        while (sum + chance * (count - outside) / (outside + 1) <= ONE_SIDE) {
            chance *= (double) (count - outside) / (outside + 1);
            sum += chance;
            outside++;
        }
        return outside;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "**%.4f** [%.4f … %.4f]", median, low, high);
    }
}
