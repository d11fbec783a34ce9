package io.cachewright.domain.keys;

import java.nio.charset.StandardCharsets;
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

    private static final int SLOTS = 4 * SEGMENTS_MAX;
    private static final long SEED = 0x9E37_79B9_7F4A_7C15L;

    private final long[] hashes = new long[SLOTS];
    private final int[] indexes = new int[SLOTS];
    private final long[] plain = new long[SEGMENTS_MAX];
    private final long[] inMarketData = new long[SEGMENTS_MAX];
    private final boolean[] speaksOfMarketData = new boolean[SEGMENTS_MAX];
    private final int[] seen = new int[SEGMENTS_MAX];
    private int size;

    /// The index of a segment, [#UNKNOWN] when there are too many.
    int index(long hash, byte[] name, int from, int to, boolean inTag) {
        long key = mix(hash, inTag ? 1 : 0) | 1;
        int slot = (int) (key >>> 40) & (SLOTS - 1);
        while (hashes[slot] != 0) {
            if (hashes[slot] == key) {
                int index = indexes[slot];
                seen[index]++;
                return index;
            }
            slot = (slot + 1) & (SLOTS - 1);
        }
        if (size == SEGMENTS_MAX) {
            return UNKNOWN;
        }
        hashes[slot] = key;
        indexes[slot] = size;
        infer(KeyNames.printable(name, from, to - from), inTag);
        seen[size] = 1;
        return size++;
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
