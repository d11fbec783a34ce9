package io.cachewright.sizing.curve;

import java.util.Arrays;

/// Bytes by position, and their sum from a position to the top.
///
/* A tree of 32 children a node, each level an array: an update touches one number a level, a sum reads at most half of the
 * children a level, which lie side by side, and takes the rest from the level above. */
final class ByteSums {

    private static final int BITS = 5;
    private static final int FAN = 1 << BITS;

    private final int[] leaves;
    private final long[] level1;
    private final long[] level2;
    private final long[] level3;
    private long total;

    ByteSums(int capacity) {
        leaves = new int[roundedUp(capacity)];
        level1 = new long[roundedUp(leaves.length >> BITS)];
        level2 = new long[roundedUp(level1.length >> BITS)];
        level3 = new long[roundedUp(level2.length >> BITS)];
    }

    private static int roundedUp(int length) {
        return (Math.max(1, length) + FAN - 1) & -FAN;
    }

    int get(int position) {
        return leaves[position];
    }

    void add(int position, int bytes) {
        leaves[position] += bytes;
        level1[position >> BITS] += bytes;
        level2[position >> (2 * BITS)] += bytes;
        level3[position >> (3 * BITS)] += bytes;
        total += bytes;
    }

    /// Bytes at `position` and above.
    long from(int position) {
        int at1 = position >> BITS;
        int at2 = at1 >> BITS;
        int at3 = at2 >> BITS;
        return leavesFrom(position, at1)
                + from(level1, at1 + 1, level2, at2)
                + from(level2, at2 + 1, level3, at3)
                + top(at3 + 1);
    }

    /// Within the node of `position`.
    private long leavesFrom(int position, int node) {
        int start = node << BITS;
        if (position - start >= FAN / 2) {
            long sum = 0;
            for (int i = position; i < start + FAN; i++) {
                sum += leaves[i];
            }
            return sum;
        }
        long sum = level1[node];
        for (int i = start; i < position; i++) {
            sum -= leaves[i];
        }
        return sum;
    }

    /// The children from `first` to the end of `node`, which may begin after it.
    private static long from(long[] children, int first, long[] nodes, int node) {
        int start = node << BITS;
        if (first - start >= FAN / 2) {
            long sum = 0;
            for (int i = first; i < start + FAN; i++) {
                sum += children[i];
            }
            return sum;
        }
        long sum = nodes[node];
        for (int i = start; i < first; i++) {
            sum -= children[i];
        }
        return sum;
    }

    private long top(int first) {
        if (first >= level3.length / 2) {
            long sum = 0;
            for (int i = first; i < level3.length; i++) {
                sum += level3[i];
            }
            return sum;
        }
        long sum = total;
        for (int i = 0; i < first; i++) {
            sum -= level3[i];
        }
        return sum;
    }

    /// Sets the position's bytes without the sums above it; [#sumUp] has to follow.
    void put(int position, int bytes) {
        leaves[position] = bytes;
    }

    /// Empties the positions from `first` on and sums everything up anew.
    void sumUp(int first) {
        Arrays.fill(leaves, first, leaves.length, 0);
        Arrays.fill(level1, 0);
        Arrays.fill(level2, 0);
        Arrays.fill(level3, 0);
        total = 0;
        for (int i = 0; i < first; i++) {
            level1[i >> BITS] += leaves[i];
        }
        for (int i = 0; i < level1.length; i++) {
            level2[i >> BITS] += level1[i];
        }
        for (int i = 0; i < level2.length; i++) {
            level3[i >> BITS] += level2[i];
            total += level2[i];
        }
    }
}
