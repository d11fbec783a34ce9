package io.cachewright.sizing.policy;

import io.cachewright.sizing.trace.Hashing;

/// About how often each key was asked for lately, up to 15.
///
/* A count-min sketch: four counters of 4 bits a key, in one word of a table each; the least of them is the estimate.
 * When ten times as many accesses were counted as entries are expected, all counters are halved, so
 * that the past fades. */
final class FrequencySketch {

    private static final long RESET_MASK = 0x7777777777777777L;
    private static final int ROWS = 4;
    private static final int COUNTER_MAX = 15;
    private static final int ENTRIES_MAX = 1 << 28;

    private final long[] words;
    private final int mask;
    private final long sampleSize;
    private long counted;

    FrequencySketch(int expectedEntries) {
        int entries = Math.max(16, Math.min(ENTRIES_MAX, expectedEntries));
        words = new long[Integer.highestOneBit(entries - 1) * 2];
        mask = words.length - 1;
        sampleSize = 10L * entries;
    }

    void increment(int key) {
        long hash = Hashing.mix(key);
        boolean added = false;
        for (int row = 0; row < ROWS; row++) {
            int word = word(hash, row);
            int shift = shift(hash, row);
            if (((words[word] >>> shift) & COUNTER_MAX) < COUNTER_MAX) {
                words[word] += 1L << shift;
                added = true;
            }
        }
        if (added && ++counted == sampleSize) {
            halve();
        }
    }

    int frequency(int key) {
        long hash = Hashing.mix(key);
        int least = COUNTER_MAX;
        for (int row = 0; row < ROWS; row++) {
            least = Math.min(least, (int) (words[word(hash, row)] >>> shift(hash, row)) & COUNTER_MAX);
        }
        return least;
    }

    private int word(long hash, int row) {
        return ((int) (hash >>> 1) + row * (int) ((hash >>> 33) | 1)) & mask;
    }

    private static int shift(long hash, int row) {
        return (((int) (hash >>> (4 * row + 40)) & 3) + 4 * row) << 2;
    }

    private void halve() {
        for (int i = 0; i < words.length; i++) {
            words[i] = (words[i] >>> 1) & RESET_MASK;
        }
        counted /= 2;
    }
}
