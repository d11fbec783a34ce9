package io.cachewright.capture.behaviour;

import java.util.List;

/// How unequally the hottest keys are asked for: Zipf's law fitted to them, with how well it fits.
///
/// @param exponent 0 when all are asked for alike; 1 when the second is asked for half as often as the first
/// @param distance the largest difference between the shares that the law and the capture give to the first ranks
/// together (Kolmogorov and Smirnov): below 0.05 the law describes the capture well, above 0.1 it does not
/// @param ranks how many of the hottest keys were used: those whose count is known within 10 %
/// @param requests of those keys
public record Skew(double exponent, double distance, int ranks, long requests) {

    private static final double EXPONENT_MAX = 8;
    private static final double ERROR_MAX = 0.1;
    private static final int BISECTIONS = 60;

    /*
     * The most likely exponent for the first n ranks, given that a request is for one of them: the one under which the
     * mean logarithm of the rank is the observed one. That mean falls steadily as the exponent grows, so it is found by
     * bisection. What is beyond rank n does not matter to it.
     */
    static Skew fit(List<HotKey> hottest) {
        int ranks = 0;
        long requests = 0;
        while (ranks < hottest.size()
                && hottest.get(ranks).errorMax()
                        <= ERROR_MAX * hottest.get(ranks).estimate()) {
            requests += hottest.get(ranks++).estimate();
        }
        if (ranks < 2) {
            return new Skew(0, 0, ranks, requests);
        }
        double observed = 0;
        for (int i = 0; i < ranks; i++) {
            observed += (double) hottest.get(i).estimate() / requests * Math.log(i + 1);
        }
        double low = 0;
        double high = EXPONENT_MAX;
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = (low + high) / 2;
            if (meanLogRank(middle, ranks) > observed) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return new Skew(low, distance(low, ranks, requests, hottest), ranks, requests);
    }

    private static double meanLogRank(double exponent, int ranks) {
        double weights = 0;
        double logs = 0;
        for (int rank = 1; rank <= ranks; rank++) {
            double weight = Math.pow(rank, -exponent);
            weights += weight;
            logs += weight * Math.log(rank);
        }
        return logs / weights;
    }

    private static double distance(double exponent, int ranks, long requests, List<HotKey> hottest) {
        double weights = 0;
        for (int rank = 1; rank <= ranks; rank++) {
            weights += Math.pow(rank, -exponent);
        }
        double law = 0;
        double seen = 0;
        double largest = 0;
        for (int rank = 1; rank <= ranks; rank++) {
            law += Math.pow(rank, -exponent) / weights;
            seen += (double) hottest.get(rank - 1).estimate() / requests;
            largest = Math.max(largest, Math.abs(law - seen));
        }
        return largest;
    }
}
