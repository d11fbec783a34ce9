package io.cachewright.sizing.server;

import io.cachewright.sizing.trace.KeyGroups;
import io.cachewright.sizing.trace.Trace;
import java.util.Arrays;
import java.util.SplittableRandom;

/// Some keys of a trace, each with how many keys it stands for.
///
/* Stratified sampling. Keys are divided by popularity (powers of two), and a class gets the more of the sample the more keys and
 * accesses it has: in a uniform sample, chance decides which of the few hot keys are in it. A class is then
 * halved again and again, by turns along what else decides about hits (how soon a key comes again, its time to
 * live, when it comes first), until it has as many cells as it gets keys; one key of each cell, by chance, stands for
 * all of the cell. */
final class StratifiedKeys {

    /// How much popularity counts: 0 samples all keys alike, 1 all accesses alike. Of 0.5 to 1 this had the
    /// smallest greatest errors.
    private static final double POPULARITY_EXPONENT = 0.5;

    private static final int CLASSES = Integer.SIZE;
    private static final int TRAITS = 3;

    private final Trace trace;
    private final SplittableRandom random;
    private final int[][] traits;
    private final int[] keys;
    private final int[] standFor;
    private int count;

    /// @param wanted how many keys; a class that has any gets one at least, so there may be a few more
    StratifiedKeys(Trace trace, int wanted, long seed) {
        this.trace = trace;
        this.random = new SplittableRandom(seed);
        this.traits = traits(trace);
        long[][] classes = classes(trace);
        int[] picks = picks(classes, wanted);
        int all = Arrays.stream(picks).sum();
        this.keys = new int[all];
        this.standFor = new int[all];
        for (int each = 0; each < CLASSES; each++) {
            divide(classes[each], 0, classes[each].length, picks[each], 0);
        }
    }

    int count() {
        return count;
    }

    /// The key at `index`, in an order in which neighbours are alike.
    int key(int index) {
        return keys[index];
    }

    int standsFor(int index) {
        return standFor[index];
    }

    /// By key: the mean distance between its accesses, its time to live, its first access.
    private static int[][] traits(Trace trace) {
        int[] accesses = trace.accessesByKey();
        int[] first = new int[trace.keyCount()];
        int[] last = new int[trace.keyCount()];
        int[] ttl = new int[trace.keyCount()];
        Arrays.fill(first, -1);
        for (int access = 0; access < trace.length(); access++) {
            int key = trace.key(access);
            first[key] = first[key] < 0 ? access : first[key];
            last[key] = access;
            ttl[key] = (int) Math.min(Integer.MAX_VALUE, trace.ttlMillis(access));
        }
        int[] distance = new int[trace.keyCount()];
        Arrays.setAll(distance, key -> accesses[key] < 2 ? 0 : (last[key] - first[key]) / (accesses[key] - 1));
        return new int[][] {distance, ttl, first};
    }

    private static long[][] classes(Trace trace) {
        int[] accesses = trace.accessesByKey();
        int[] sizes = new int[CLASSES];
        for (int key = 0; key < trace.keyCount(); key++) {
            sizes[KeyGroups.popularity(accesses[key])]++;
        }
        long[][] classes = new long[CLASSES][];
        Arrays.setAll(classes, each -> new long[sizes[each]]);
        for (int key = 0; key < trace.keyCount(); key++) {
            int each = KeyGroups.popularity(accesses[key]);
            classes[each][--sizes[each]] = key;
        }
        return classes;
    }

    /// How many keys of each class: in proportion to its weight, all of it where that would be more than it has.
    private int[] picks(long[][] classes, int wanted) {
        double[] weights = new double[CLASSES];
        for (int each = 0; each < CLASSES; each++) {
            double accesses = 0;
            for (long key : classes[each]) {
                accesses += trace.accessesByKey()[(int) key];
            }
            int size = classes[each].length;
            weights[each] = size == 0 ? 0 : size * Math.pow(accesses / size, POPULARITY_EXPONENT);
        }
        int[] picks = new int[CLASSES];
        boolean[] isWhole = new boolean[CLASSES];
        boolean isSettled = false;
        while (!isSettled) {
            isSettled = true;
            double left = wanted;
            double weight = 0;
            for (int each = 0; each < CLASSES; each++) {
                left -= isWhole[each] ? classes[each].length : 0;
                weight += isWhole[each] ? 0 : weights[each];
            }
            for (int each = 0; each < CLASSES; each++) {
                int size = classes[each].length;
                if (size > 0 && !isWhole[each]) {
                    picks[each] = Math.clamp(Math.round(left * weights[each] / weight), 1, size);
                    if (picks[each] == size) {
                        isWhole[each] = true;
                        isSettled = false;
                    }
                }
            }
        }
        return picks;
    }

    /// Makes `picks` cells of the keys from `from` to `to`.
    private void divide(long[] cell, int from, int to, int picks, int depth) {
        int size = to - from;
        if (picks <= 1 || picks >= size) {
            pick(cell, from, to, picks);
            return;
        }
        int sorted = sort(cell, from, to, depth);
        int picksBefore = picks % 2 == 0 ? picks / 2 : picks / 2 + random.nextInt(2);
        int middle = from + (int) Math.round((double) size * picksBefore / picks);
        divide(cell, from, middle, picksBefore, sorted + 1);
        divide(cell, middle, to, picks - picksBefore, sorted + 1);
    }

    private void pick(long[] cell, int from, int to, int picks) {
        if (picks == 1) {
            keys[count] = (int) cell[from + random.nextInt(to - from)];
            standFor[count++] = to - from;
            return;
        }
        for (int at = from; at < from + picks; at++) {
            keys[count] = (int) cell[at];
            standFor[count++] = 1;
        }
    }

    /// Sorts keys by the trait whose turn it is, passing over those that all of them share.
    ///
    /// @return the depth whose turn it was
    private int sort(long[] cell, int from, int to, int depth) {
        for (int turn = depth; turn < depth + TRAITS; turn++) {
            int[] trait = traits[turn % TRAITS];
            boolean differs = false;
            for (int at = from; at < to; at++) {
                int key = (int) cell[at];
                differs |= trait[key] != trait[(int) cell[from]];
                cell[at] = (long) trait[key] << Integer.SIZE | key;
            }
            if (differs) {
                Arrays.sort(cell, from, to);
                return turn;
            }
        }
        return depth;
    }
}
