package io.cachewright.sizing.curve;

import java.util.Arrays;

/// Numbers by block, and the sum of all blocks from one to the top.
///
/* A Fenwick tree [1] whose sums run to the top. The topmost block stays out of it until a higher one is begun: an LRU stack changes
 * that block most, since keys that are used go there and are often used again soon.
 * [1] P. M. Fenwick, A New Data Structure for Cumulative Frequency Tables, Software: Practice and Experience 24(3), 1994. */
final class BlockSums {

    private final long[] sums;
    private int topBlock;
    private long inTopBlock;

    BlockSums(int blocks) {
        sums = new long[blocks + 1];
    }

    /// Adds to a block; one above the topmost becomes the topmost.
    void add(int block, long amount) {
        if (block == topBlock) {
            inTopBlock += amount;
        } else if (block > topBlock) {
            addToTree(topBlock, inTopBlock);
            topBlock = block;
            inTopBlock = amount;
        } else {
            addToTree(block, amount);
        }
    }

    private void addToTree(int block, long amount) {
        for (int i = block + 1; i > 0; i -= i & -i) {
            sums[i] += amount;
        }
    }

    /// The sum of all blocks above `block`.
    long above(int block) {
        if (block >= topBlock) {
            return 0;
        }
        long sum = inTopBlock;
        for (int i = block + 2; i < sums.length; i += i & -i) {
            sum += sums[i];
        }
        return sum;
    }

    void clear() {
        Arrays.fill(sums, 0);
        topBlock = 0;
        inTopBlock = 0;
    }
}
