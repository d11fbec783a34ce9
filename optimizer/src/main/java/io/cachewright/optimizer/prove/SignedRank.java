package io.cachewright.optimizer.prove;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The middle of paired differences and an interval around it, by Wilcoxon's signed ranks.
final class SignedRank {

    /* Each pair gives one difference (here: the logarithm of candidate over baseline). The estimate is the median of
     * all pairwise means (Hodges and Lehmann 1963), the interval runs between the pairwise means that the signed-rank
     * test at level alpha just does not reject (Tukey 1949).
     *
     * Why not the percentile bootstrap: with the 10 to 20 pairs that a proof can afford it covers the truth in 90 to
     * 93 of 100 cases instead of 95, and fewer still when one run in ten is disturbed; resampling cannot invent what a
     * small sample lacks. This interval is exact for any noise that is symmetric around the effect, and a coin that
     * decides which side of a pair runs first makes it symmetric. A disturbed run moves it by one rank, however long
     * the disturbance was. The figures are in docs/decisions/proof-statistics.md. */

    /// Ranks are summed exactly up to here; more pairs are never asked for.
    static final int PAIRS_MAX = 240;

    private static final Map<Integer, double[]> LOWER_TAILS = new ConcurrentHashMap<>();

    private SignedRank() {}

    /// A point and the ends of its interval, in the unit of the differences.
    record Interval(double low, double estimate, double high) {}

    /// The interval that covers the middle in at least `1 - alpha` of cases; empty when so few pairs cannot be that
    /// sure of anything.
    static Optional<Interval> interval(double[] differences, double alpha) {
        int cut = cut(differences.length, alpha);
        if (cut < 0) {
            return Optional.empty();
        }
        double[] means = pairwiseMeans(differences);
        return Optional.of(new Interval(means[cut], middle(means), means[means.length - 1 - cut]));
    }

    /// The median of all pairwise means.
    static double estimate(double[] differences) {
        return middle(pairwiseMeans(differences));
    }

    /// How many pairwise means lie outside on each side; −1 when none may.
    static int cut(int pairs, double alpha) {
        if (pairs < 1 || pairs > PAIRS_MAX) {
            throw new IllegalArgumentException("1 to " + PAIRS_MAX + " pairs, were " + pairs);
        }
        double[] tail = LOWER_TAILS.computeIfAbsent(pairs, SignedRank::lowerTail);
        int cut = -1;
        while (cut + 1 < tail.length && tail[cut + 1] <= alpha / 2) {
            cut++;
        }
        return cut;
    }

    /// The chance that the sum of the positive ranks is at most each value, up to its middle.
    private static double[] lowerTail(int pairs) {
        int sums = pairs * (pairs + 1) / 2;
        double[] chance = new double[sums + 1];
        chance[0] = 1;
        for (int rank = 1; rank <= pairs; rank++) {
            for (int sum = sums; sum >= 0; sum--) {
                chance[sum] = (chance[sum] + (sum >= rank ? chance[sum - rank] : 0)) / 2;
            }
        }
        double[] tail = Arrays.copyOf(chance, sums / 2 + 1);
        for (int sum = 1; sum < tail.length; sum++) {
            tail[sum] += tail[sum - 1];
        }
        return tail;
    }

    private static double[] pairwiseMeans(double[] differences) {
        int count = differences.length;
        double[] means = new double[count * (count + 1) / 2];
        int next = 0;
        for (int i = 0; i < count; i++) {
            for (int j = i; j < count; j++) {
                means[next++] = (differences[i] + differences[j]) / 2;
            }
        }
        Arrays.sort(means);
        return means;
    }

    private static double middle(double[] sorted) {
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
