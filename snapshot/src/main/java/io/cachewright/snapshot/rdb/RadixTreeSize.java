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

    private static final int HEADER_BYTES = 4;
    private static final int POINTER_BYTES = 8;

    private final byte[] last = new byte[ID_BYTES];

    /// Where ids part on the way to the last one, and into how many children so far.
    private final int[] branchings = new int[ID_BYTES + 1];

    private final int[] children = new int[ID_BYTES + 1];
    private int depth;
    private long keys;
    private long nodes;
    private long bytes;

    void reset() {
        depth = 0;
        keys = 0;
        nodes = 0;
        bytes = 0;
    }

    void add(byte[] id, int from) {
        if (keys > 0) {
            int common = Arrays.mismatch(last, 0, ID_BYTES, id, from, from + ID_BYTES);
            if (common < 0) {
                return;
            }
            part(common);
        }
        keys++;
        System.arraycopy(id, from, last, 0, ID_BYTES);
    }

    /// Ends the path to the last id down to `common`, where the next one parts from it.
    private void part(int common) {
        int child = close(common);
        if (depth > 0 && branchings[depth - 1] == common) {
            path(common, child);
            children[depth - 1]++;
        } else {
            path(common, child);
            branchings[depth] = common;
            children[depth++] = 2;
        }
    }

    /// Counts the leaf and the branchings below `common`; gives where the highest of these stands.
    private int close(int common) {
        node(POINTER_BYTES, 0);
        int child = ID_BYTES;
        while (depth > 0 && branchings[depth - 1] > common) {
            depth--;
            path(branchings[depth], child);
            node(POINTER_BYTES * children[depth], children[depth]);
            child = branchings[depth];
        }
        return child;
    }

    /// The bytes between a branching and what is below it, which are in one node.
    private void path(int branching, int child) {
        int length = child - branching - 1;
        if (length > 0) {
            node(POINTER_BYTES, length);
        }
    }

    private void node(int pointers, int characters) {
        nodes++;
        bytes += (HEADER_BYTES + characters + POINTER_BYTES - 1) / POINTER_BYTES * POINTER_BYTES + pointers;
    }

    /// The tree of the ids so far; none may be added after.
    RadixTree finish() {
        if (keys == 0) {
            return new RadixTree(0, 1, POINTER_BYTES);
        }
        path(-1, close(-1));
        return new RadixTree(keys, nodes, bytes);
    }
}
