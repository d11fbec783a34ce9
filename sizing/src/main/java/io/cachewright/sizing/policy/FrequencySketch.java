package io.cachewright.sizing.policy;

/// About how often each key was asked for lately, up to 15.
///
/* A count-min sketch: four counters of 4 bits a key; the least of them is the estimate. A key's counters lie in one block of
 * 64 bytes, each in a quarter of its own, so that one cache line is fetched where four would be. When ten times as many accesses were counted as
 * entries are expected, all counters are halved, so that the past fades. */
final class FrequencySketch {

    private static final long HALVES_MASK = 0x7777777777777777L;
    private static final long ODD_MASK = 0x1111111111111111L;
    private static final int ROWS = 4;
    private static final int WORDS_A_BLOCK_BITS = 3;
    private static final int COUNTER_MAX = 15;
    private static final int ENTRIES_MIN = 16;
    private static final int ENTRIES_MAX = 1 << 27;
    private static final int ACCESSES_AN_ENTRY = 10;

    private final long[] words;
    private final int blockMask;
    private final int period;
    private int counted;

    FrequencySketch(int expectedEntries) {
        int entries = Math.clamp(expectedEntries, ENTRIES_MIN, ENTRIES_MAX);
        words = new long[Integer.highestOneBit(entries - 1) * 2];
        blockMask = (words.length >> WORDS_A_BLOCK_BITS) - 1;
        period = ACCESSES_AN_ENTRY * entries;
    }

    /// How many counted accesses lie between two halvings.
    int period() {
        return period;
    }

    void increment(int key) {
        int hash = hash(key);
        boolean added = false;
        for (int row = 0; row < ROWS; row++) {
            int word = word(hash, row);
            int shift = shift(hash, row);
            long counters = words[word];
            if (((counters >>> shift) & COUNTER_MAX) < COUNTER_MAX) {
                words[word] = counters + (1L << shift);
                added = true;
            }
        }
        if (added && ++counted == period) {
            halve();
        }
    }

    int frequency(int key) {
        int hash = hash(key);
        int least = COUNTER_MAX;
        for (int row = 0; row < ROWS; row++) {
            least = Math.min(least, (int) (words[word(hash, row)] >>> shift(hash, row)) & COUNTER_MAX);
        }
        return least;
    }

    /// Keys are numbered in the order they come: neighbours must not share their counters.
    private static int hash(int key) {
        int mixed = (key ^ (key >>> 16)) * 0x45d9f3b;
        mixed = (mixed ^ (mixed >>> 15)) * 0x2c1b3c6d;
        return mixed ^ (mixed >>> 16);
    }

    /// One of the row's two words in the key's block.
    private int word(int hash, int row) {
        return ((hash & blockMask) << WORDS_A_BLOCK_BITS) + 2 * row + (rowBits(hash, row) & 1);
    }

    private static int shift(int hash, int row) {
        return ((rowBits(hash, row) >>> 1) & 15) << 2;
    }

    /// Bits that do not depend on those that choose the block.
    private static int rowBits(int hash, int row) {
        int second = hash * 0x9e3779b1;
        return (second ^ (second >>> 15)) >>> (8 * row);
    }

    private void halve() {
        int odd = 0;
        for (int i = 0; i < words.length; i++) {
            odd += Long.bitCount(words[i] & ODD_MASK);
            words[i] = (words[i] >>> 1) & HALVES_MASK;
        }
        counted = Math.max(0, counted - odd / ROWS) / 2;
    }
}
