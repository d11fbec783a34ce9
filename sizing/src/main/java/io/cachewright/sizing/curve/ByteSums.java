package io.cachewright.sizing.curve;

import java.util.Arrays;

/// Bytes by position, and their sum from a position to the top.
final class ByteSums {

    /// What is summed up one by one: two cache lines of positions.
    private static final int BLOCK_BITS = 5;

    private final int[] bytes;
    private final BlockSums blocks;

    ByteSums(int capacity) {
        int count = (capacity >> BLOCK_BITS) + 1;
        bytes = new int[count << BLOCK_BITS];
        blocks = new BlockSums(count);
    }

    int get(int position) {
        return bytes[position];
    }

    void add(int position, int more) {
        bytes[position] += more;
        blocks.add(position >> BLOCK_BITS, more);
    }

    /// Bytes at `position` and above.
    long from(int position) {
        int block = position >> BLOCK_BITS;
        long sum = blocks.above(block);
        for (int i = position; i < (block + 1) << BLOCK_BITS; i++) {
            sum += bytes[i];
        }
        return sum;
    }

    /// Sets the position's bytes without the sums above it; [#sumUp] has to follow.
    void put(int position, int to) {
        bytes[position] = to;
    }

    /// Empties the positions from `first` on and sums everything up anew.
    void sumUp(int first) {
        Arrays.fill(bytes, first, bytes.length, 0);
        blocks.clear();
        for (int position = 0; position < first; position++) {
            blocks.add(position >> BLOCK_BITS, bytes[position]);
        }
    }
}
