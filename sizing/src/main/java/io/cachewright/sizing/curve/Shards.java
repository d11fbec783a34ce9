package io.cachewright.sizing.curve;

import io.cachewright.sizing.curve.MissRatioCurve.Point;
import io.cachewright.sizing.trace.Hashing;
import io.cachewright.sizing.trace.KeyGroups;
import io.cachewright.sizing.trace.Operation;
import io.cachewright.sizing.trace.Trace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// LRU curves from a sample of the keys.
///
/* SHARDS [1]: a key is in the sample if its hash is below a threshold, so with all its accesses or none; the stack distances among
 * sampled keys, divided by the sampling rate, stand for those among all. Chance decides how popular the sampled keys are, and
 * popular keys hit more. SHARDS-adj makes up for it at the top only: reads that the sample has too few count as hits of the
 * smallest size. Here the sampled reads of each popularity (by powers of two) are weighed to as many as the trace has, which it
 * knows; reads more popular than all sampled keys count as SHARDS-adj has them.
 * With a fixed number of keys the threshold falls whenever there are too many, and a read counts for as many as the rate
 * at its time stands for.
 * The error bound is that of the mean over 16 groups of keys by hash, each with the plain SHARDS-adj: half the 95 %
 * interval of an estimate that is a little worse than the one given. It covers which keys were sampled, not the
 * distances, which err by less.
 * [1] C. Waldspurger et al., Efficient MRC Construction with SHARDS, FAST 2015. */
final class Shards {

    private static final int HASH_BITS = 24;
    private static final int GROUPS = 16;
    /// Student's t for 15 degrees of freedom, 97.5 %.
    private static final double T_15 = 2.131;

    private final Trace trace;
    private final Weigher weigher;
    private final long[] sizes;
    private final int[] accesses;
    private final HitTally[] strata;
    private final HitTally[] groups = new HitTally[GROUPS];

    Shards(Trace trace, Weigher weigher, long[] sizes) {
        this.trace = trace;
        this.weigher = weigher;
        this.sizes = sizes;
        this.accesses = trace.accessesByKey();
        this.strata = new HitTally[Integer.SIZE];
        Arrays.setAll(strata, _ -> new HitTally(sizes));
        Arrays.setAll(groups, _ -> new HitTally(sizes));
    }

    /// 24 bits by which a key is sampled, from its number: even, and quick to work out.
    static int hash(int key) {
        int mixed = key * 0x9E3779B1;
        mixed = (mixed ^ (mixed >>> 15)) * 0x85EBCA77;
        mixed = (mixed ^ (mixed >>> 13)) * 0xC2B2AE3D;
        return (mixed ^ (mixed >>> 16)) >>> (Integer.SIZE - HASH_BITS);
    }

    MissRatioCurve atRate(double rate) {
        int threshold = (int) Math.round(rate * (1 << HASH_BITS));
        double realRate = (double) threshold / (1 << HASH_BITS);
        RecencyStack stack =
                new RecencyStack((int) Math.min(trace.keyCount(), trace.keyCount() * realRate * 2 + 1_000));
        int[] numberOf = new int[trace.keyCount()];
        int numbered = 0;
        int[] keys = trace.keys();
        int length = trace.length();
        for (int access = 0; access < length; access++) {
            int key = keys[access];
            if (hash(key) < threshold) {
                if (numberOf[key] == 0) {
                    numberOf[key] = ++numbered;
                }
                see(stack, access, key, numberOf[key] - 1, 1 / realRate);
            }
        }
        return curve("LRU, sampled at " + rate * 100 + " %");
    }

    MissRatioCurve withKeys(int keysMax) {
        RecencyStack stack = new RecencyStack(trace.keyCount());
        boolean[] isSampled = new boolean[trace.keyCount()];
        PriorityQueue<Integer> byHash = new PriorityQueue<>(Comparator.comparingInt((Integer key) -> -hash(key)));
        int threshold = 1 << HASH_BITS;
        int[] keys = trace.keys();
        for (int access = 0; access < trace.length(); access++) {
            int key = keys[access];
            if (hash(key) >= threshold) {
                continue;
            }
            see(stack, access, key, key, (double) (1 << HASH_BITS) / threshold);
            if (!isSampled[key]) {
                isSampled[key] = true;
                byHash.add(key);
                if (byHash.size() > keysMax) {
                    threshold = hash(byHash.element());
                    while (!byHash.isEmpty() && hash(byHash.element()) >= threshold) {
                        stack.forget(byHash.remove());
                    }
                }
            }
        }
        return curve("LRU, sampled by " + keysMax + " keys");
    }

    private void see(RecencyStack stack, int access, int key, int number, double weight) {
        switch (trace.operation(access)) {
            case READ -> {
                long distance = stack.distance(number);
                long scaled = distance == RecencyStack.NEVER ? distance : (long) Math.ceil(distance * weight);
                strata[KeyGroups.popularity(accesses[key])].add(scaled, weight);
                groups[(int) (Hashing.mix(key) & (GROUPS - 1))].add(scaled, weight);
                stack.store(number, weigher.bytes(trace, access));
            }
            case WRITE -> stack.store(number, weigher.bytes(trace, access));
            case DELETE -> stack.remove(number);
        }
    }

    private MissRatioCurve curve(String label) {
        double reads = trace.reads();
        double[][] ratios = new double[GROUPS][];
        for (int group = 0; group < GROUPS; group++) {
            groups[group].adjust(reads / GROUPS - groups[group].reads());
            ratios[group] = groups[group].hitRatios();
        }
        double[] bounds = new double[sizes.length];
        Arrays.setAll(bounds, size -> errorBound(ratios, size));
        return new MissRatioCurve(label, weighed(bounds));
    }

    private List<Point> weighed(double[] bounds) {
        double[] readsOfStratum = readsByPopularity();
        double[] hits = new double[sizes.length];
        double[] ratios = new double[sizes.length];
        Arrays.fill(ratios, 1);
        double all = 0;
        for (int stratum = strata.length - 1; stratum >= 0; stratum--) {
            if (strata[stratum].reads() > 0) {
                ratios = strata[stratum].hitRatios();
            }
            for (int size = 0; size < sizes.length; size++) {
                hits[size] += ratios[size] * readsOfStratum[stratum];
            }
            all += readsOfStratum[stratum];
        }
        List<Point> points = new ArrayList<>(sizes.length);
        for (int size = 0; size < sizes.length; size++) {
            points.add(new Point(sizes[size], all == 0 ? 0 : hits[size] / all, bounds[size]));
        }
        return points;
    }

    private double[] readsByPopularity() {
        double[] reads = new double[strata.length];
        if (trace.readsOnly()) {
            for (int each : accesses) {
                reads[KeyGroups.popularity(each)] += each;
            }
        } else {
            for (int access = 0; access < trace.length(); access++) {
                reads[KeyGroups.popularity(accesses[trace.key(access)])] +=
                        trace.operation(access) == Operation.READ ? 1 : 0;
            }
        }
        return reads;
    }

    private static double errorBound(double[][] ratios, int size) {
        double mean = 0;
        for (double[] group : ratios) {
            mean += group[size] / GROUPS;
        }
        double squares = 0;
        for (double[] group : ratios) {
            squares += (group[size] - mean) * (group[size] - mean);
        }
        return T_15 * Math.sqrt(squares / (GROUPS - 1) / GROUPS);
    }
}
