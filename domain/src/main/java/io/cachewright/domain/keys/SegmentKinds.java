package io.cachewright.domain.keys;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// What the segments of names are, remembered by a hash of their bytes in which the digits of long numbers do not
/// count; so that each kind of segment is inferred once, however many keys have it.
///
/*
 * A segment is what stands between outer separators. What its parts are may depend on the rest of the name in one way
 * only: bare tickers are instruments where the name speaks of market data. So two answers are kept for each segment,
 * and whether the segment itself speaks of it. An answer is a hash of the parts: kinds, separators, and words as they
 * are, unless the word names one of many things.
 */
final class SegmentKinds {

    /// Segments beyond these are all alike: rare words.
    static final int SEGMENTS_MAX = 1 << 16;

    static final int UNKNOWN = -1;

    private static final int SLOTS_FIRST = 1 << 11;
    private static final long SEED = 0x9E37_79B9_7F4A_7C15L;

    /// A key and its index side by side, so that a look-up touches one line of the cache; tables grow with what is in
    /// them, as small ones stay in the cache.
    private long[] slots = new long[2 * SLOTS_FIRST];

    private long[] plain = new long[SLOTS_FIRST / 2];
    private long[] inMarketData = new long[SLOTS_FIRST / 2];
    private boolean[] speaksOfMarketData = new boolean[SLOTS_FIRST / 2];
    private int[] seen = new int[SLOTS_FIRST / 2];
    private int size;

    /// The index of a segment, [#UNKNOWN] when there are too many.
    int index(long hash, byte[] name, int from, int to, boolean inTag) {
        long key = mix(hash, inTag ? 1 : 0) | 1;
        int slot = slot(slots, key);
        if (slots[slot] == key) {
            int index = (int) slots[slot + 1];
            seen[index]++;
            return index;
        }
        if (size == SEGMENTS_MAX) {
            return UNKNOWN;
        }
        slots[slot] = key;
        slots[slot + 1] = size;
        infer(KeyNames.printable(name, from, to - from), inTag);
        seen[size] = 1;
        added();
        return size - 1;
    }

    /// Takes in what another one has seen.
    void add(SegmentKinds other) {
        for (int i = 0; i < other.slots.length; i += 2) {
            if (other.slots[i] == 0) {
                continue;
            }
            int index = (int) other.slots[i + 1];
            int slot = slot(slots, other.slots[i]);
            if (slots[slot] == other.slots[i]) {
                seen[(int) slots[slot + 1]] += other.seen[index];
            } else if (size < SEGMENTS_MAX) {
                slots[slot] = other.slots[i];
                slots[slot + 1] = size;
                plain[size] = other.plain[index];
                inMarketData[size] = other.inMarketData[index];
                speaksOfMarketData[size] = other.speaksOfMarketData[index];
                seen[size] = other.seen[index];
                added();
            }
        }
    }

    private void added() {
        size++;
        if (size == seen.length) {
            grow();
        }
    }

    /// Where a key is, or is to be.
    private static int slot(long[] in, long key) {
        int mask = in.length / 2 - 1;
        int slot = (int) (key >>> 40) & mask;
        while (in[2 * slot] != 0 && in[2 * slot] != key) {
            slot = (slot + 1) & mask;
        }
        return 2 * slot;
    }

    private void grow() {
        long[] larger = new long[2 * slots.length];
        for (int i = 0; i < slots.length; i += 2) {
            if (slots[i] != 0) {
                int slot = slot(larger, slots[i]);
                larger[slot] = slots[i];
                larger[slot + 1] = slots[i + 1];
            }
        }
        slots = larger;
        plain = Arrays.copyOf(plain, 2 * size);
        inMarketData = Arrays.copyOf(inMarketData, 2 * size);
        speaksOfMarketData = Arrays.copyOf(speaksOfMarketData, 2 * size);
        seen = Arrays.copyOf(seen, 2 * size);
    }

    private void infer(String text, boolean inTag) {
        plain[size] = hash(KeyName.parts(text, false, inTag));
        inMarketData[size] = hash(KeyName.parts(text, true, inTag));
        speaksOfMarketData[size] = UseCaseWords.speaksOfMarketData(text);
    }

    private static long hash(List<KeyName.Part> parts) {
        long hash = SEED;
        for (KeyName.Part part : parts) {
            hash = mix(hash, part.kind().name().hashCode() * 2L + (part.inTag() ? 1 : 0));
            boolean counts = switch (part.kind()) {
                case SEPARATOR -> true;
                case WORD -> !part.readsLikeAnEntity();
                case INSTRUMENT, NUMBER, DATE, ID, REST -> false;
            };
            if (counts) {
                for (byte b : part.text().getBytes(StandardCharsets.UTF_8)) {
                    hash = mix(hash, b);
                }
            }
        }
        return hash;
    }

    long kinds(int index, boolean marketData) {
        return marketData ? inMarketData[index] : plain[index];
    }

    boolean speaksOfMarketData(int index) {
        return speaksOfMarketData[index];
    }

    /// How many keys had it so far.
    int seen(int index) {
        return seen[index];
    }

    static long mix(long hash, long value) {
        long mixed = (hash ^ value) * SEED;
        return mixed ^ (mixed >>> 29);
    }
}
