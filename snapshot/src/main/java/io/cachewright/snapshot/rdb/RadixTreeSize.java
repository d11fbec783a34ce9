package io.cachewright.snapshot.rdb;

import java.util.Arrays;

/// Counts the nodes that a radix tree of ids of 16 bytes, given in ascending order, has on the server.
///
/*
 * Every id ends in a leaf. Where ids part there is a branching node, and between the two, or before the first, one
 * compressed node holds the bytes that are common, if there are any. The branchings on the way to the newest id are on
 * a stack; an edge is known once nothing can part it any more.
 */
final class RadixTreeSize {

    static final int ID_BYTES = 16;

    private final byte[] last = new byte[ID_BYTES];
    private final int[] branchings = new int[ID_BYTES + 1];
    private int depth;
    private long nodes;
    private boolean empty = true;

    void reset() {
        depth = 0;
        nodes = 0;
        empty = true;
    }

    void add(byte[] id, int from) {
        if (empty) {
            empty = false;
        } else {
            int common = Arrays.mismatch(last, 0, ID_BYTES, id, from, from + ID_BYTES);
            if (common < 0) {
                return;
            }
            close(common);
        }
        System.arraycopy(id, from, last, 0, ID_BYTES);
    }

    /// Ends the path to the last id down to `common`, where the next one parts from it.
    private void close(int common) {
        int child = ID_BYTES;
        nodes++;
        while (depth > 0 && branchings[depth - 1] > common) {
            nodes += edge(branchings[depth - 1], child);
            child = branchings[--depth];
        }
        if (depth == 0 || branchings[depth - 1] < common) {
            nodes += 1 + edge(common, child);
            branchings[depth++] = common;
        } else {
            nodes += edge(common, child);
        }
    }

    private static int edge(int parent, int child) {
        return child - parent - 1 > 0 ? 1 : 0;
    }

    long nodes() {
        if (empty) {
            return 1;
        }
        long total = nodes + 1;
        int child = ID_BYTES;
        for (int i = depth - 1; i >= 0; i--) {
            total += edge(branchings[i], child);
            child = branchings[i];
        }
        return total + (child > 0 ? 1 : 0);
    }
}
