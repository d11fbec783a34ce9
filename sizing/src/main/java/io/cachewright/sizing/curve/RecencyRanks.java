package io.cachewright.sizing.curve;

import java.util.Arrays;

/// The LRU stack of a trace whose values all have one size: says how many values an LRU cache would have needed to
/// hold to still hold a key.
///
/* What [RecencyStack] does with bytes, with one bit a position [1]: a key's rank is the number of bits at its position and above. In
 * its block they are counted word by word; the sums of the blocks above fit a first-level cache.
 * [1] B. T. Bennett and V. J. Kruskal, LRU Stack Processing, IBM Journal of Research and Development 19(4), 1975. */
final class RecencyRanks {

    /// The rank of a key that was never used.
    static final int NEVER = Integer.MAX_VALUE;

    private static final int ABSENT = -1;
    private static final int WORDS_A_BLOCK_BITS = 3;
    private static final int BLOCK_BITS = WORDS_A_BLOCK_BITS + 6;
    private static final int BLOCKS_MIN = 8;
    /// Moving the occupied positions together is the rarer, the more positions there are a key.
    private static final int POSITIONS_A_KEY = 4;
    private static final int KEYS_MAX = 1 << 28;

    private final int[] positionOfKey;
    private final int[] keyAt;
    private final long[] occupied;
    private final BlockSums blocks;
    private int next;

    RecencyRanks(int keyCount) {
        if (keyCount > KEYS_MAX) {
            throw new IllegalArgumentException(keyCount + " keys are too many for one exact curve; sample them");
        }
        positionOfKey = new int[keyCount];
        Arrays.fill(positionOfKey, ABSENT);
        int count = BLOCKS_MIN + (keyCount >> BLOCK_BITS) * POSITIONS_A_KEY;
        keyAt = new int[count << BLOCK_BITS];
        occupied = new long[count << WORDS_A_BLOCK_BITS];
        blocks = new BlockSums(count);
    }

    /// Uses a key.
    ///
    /// @return its rank before, 1 for the key used last, or [#NEVER]
    int use(int key) {
        int position = positionOfKey[key];
        int rank = position == ABSENT ? NEVER : take(position);
        if (next == keyAt.length) {
            compact();
        }
        keyAt[next] = key;
        positionOfKey[key] = next;
        occupied[next >> 6] |= 1L << next;
        blocks.add(next >> BLOCK_BITS, 1);
        next++;
        return rank;
    }

    private int take(int position) {
        int word = position >> 6;
        int block = position >> BLOCK_BITS;
        int rank = (int) blocks.above(block) + Long.bitCount(occupied[word] >>> position);
        for (int i = word + 1; i < (block + 1) << WORDS_A_BLOCK_BITS; i++) {
            rank += Long.bitCount(occupied[i]);
        }
        occupied[word] &= ~(1L << position);
        blocks.add(block, -1);
        return rank;
    }

    /// Moves what is occupied down, in order.
    private void compact() {
        int to = 0;
        for (int word = 0; word < occupied.length; word++) {
            for (long bits = occupied[word]; bits != 0; bits &= bits - 1) {
                int key = keyAt[(word << 6) + Long.numberOfTrailingZeros(bits)];
                keyAt[to] = key;
                positionOfKey[key] = to++;
            }
        }
        next = to;
        Arrays.fill(occupied, 0);
        Arrays.fill(occupied, 0, to >> 6, -1L);
        if ((to & 63) != 0) {
            occupied[to >> 6] = (1L << to) - 1;
        }
        blocks.clear();
        for (int position = 0; position < to; position++) {
            blocks.add(position >> BLOCK_BITS, 1);
        }
    }
}
