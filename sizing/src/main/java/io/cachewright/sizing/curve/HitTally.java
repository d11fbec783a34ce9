package io.cachewright.sizing.curve;

import io.cachewright.sizing.curve.MissRatioCurve.Point;
import java.util.ArrayList;
import java.util.List;

/// Counts reads by how much memory would have made them hits.
final class HitTally {

    private static final int CELL_BITS = 10;

    private final long[] sizes;
    /// By the least size that is enough; the last entry is for those that no size is enough for.
    private final double[] hits;
    /// Where to begin looking, by the upper bits of a distance.
    private final int[] firstOf;

    private final int shift;
    private double reads;

    HitTally(long[] sizes) {
        this.sizes = sizes;
        this.hits = new double[sizes.length + 1];
        this.shift = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(sizes[sizes.length - 1]) - CELL_BITS);
        this.firstOf = new int[(int) (sizes[sizes.length - 1] >>> shift) + 1];
        int at = 0;
        for (int cell = 0; cell < firstOf.length; cell++) {
            while (sizes[at] < (long) cell << shift) {
                at++;
            }
            firstOf[cell] = at;
        }
    }

    void add(long distance, double weight) {
        int at = sizes.length;
        if (distance <= sizes[at - 1]) {
            at = firstOf[(int) (distance >>> shift)];
            while (sizes[at] < distance) {
                at++;
            }
        }
        hits[at] += weight;
        reads += weight;
    }

    /// Reads that were seen to hit or miss.
    double reads() {
        return reads;
    }

    /// Counts reads whose distance is not known as hits of the smallest size, or takes some away.
    void adjust(double byReads) {
        hits[0] += byReads;
        reads += byReads;
    }

    double[] hitRatios() {
        double[] ratios = new double[sizes.length];
        double sum = 0;
        for (int i = 0; i < ratios.length; i++) {
            sum += hits[i];
            ratios[i] = reads <= 0 ? 0 : Math.clamp(sum / reads, 0, 1);
        }
        return ratios;
    }

    List<Point> points(double[] errorBounds) {
        double[] ratios = hitRatios();
        List<Point> points = new ArrayList<>(sizes.length);
        for (int i = 0; i < sizes.length; i++) {
            points.add(new Point(sizes[i], ratios[i], errorBounds[i]));
        }
        return points;
    }
}
