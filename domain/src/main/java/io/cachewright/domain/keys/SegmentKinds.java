package io.cachewright.domain.keys;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What the segments of names are, remembered by a hash of their bytes in which the digits of long numbers do not
/// count; so that each kind of segment is inferred once, however many keys have it.
///
/// A segment is what stands between outer separators. Several of these may share what they infer, and count for
/// themselves how often they see it.
final class SegmentKinds {

    /// Segments beyond these are all alike: rare words.
    static final int SEGMENTS_MAX = 1 << 16;

    static final int UNKNOWN = -1;

    private static final int SLOTS_FIRST = 1 << 11;
    private static final SegmentShape NONE = new SegmentShape("", false);

    private final Map<Long, SegmentShape> inferred;

    /// A key and its index side by side, so that a look-up touches one line of the cache; tables grow with what is in
    /// them, as small ones stay in the cache.
    private long[] slots = new long[2 * SLOTS_FIRST];

    private SegmentShape[] shapes = new SegmentShape[SLOTS_FIRST / 2];
    /// What the shapes say, as far as it was asked for: it is asked for with every key.
    private boolean[] marketData = new boolean[SLOTS_FIRST / 2];

    private long[] plainHashes = new long[SLOTS_FIRST / 2];
    private long[] marketDataHashes = new long[SLOTS_FIRST / 2];
    private int[] seen = new int[SLOTS_FIRST / 2];
    private int size;

    SegmentKinds() {
        this(new ConcurrentHashMap<>());
    }

    private SegmentKinds(Map<Long, SegmentShape> inferred) {
        this.inferred = inferred;
        Arrays.fill(shapes, NONE);
    }

    /// One that has seen nothing and shares what this one infers.
    SegmentKinds fresh() {
        return new SegmentKinds(inferred);
    }

    /// The index of a segment, [#UNKNOWN] when there are too many.
    int index(long hash, byte[] name, int from, int to, boolean inTag) {
        long key = SegmentShape.mix(hash, inTag ? 1 : 0) | 1;
        int slot = slot(slots, key);
        if (slots[slot] == key) {
            int index = (int) slots[slot + 1];
            seen[index]++;
            return index;
        }
        if (size == SEGMENTS_MAX) {
            return UNKNOWN;
        }
        return add(slot, key, shape(key, name, from, to, inTag), 1);
    }

    private SegmentShape shape(long key, byte[] name, int from, int to, boolean inTag) {
        SegmentShape known = inferred.get(key);
        if (known != null) {
            return known;
        }
        SegmentShape shape = new SegmentShape(KeyNames.printable(name, from, to - from), inTag);
        if (inferred.size() < SEGMENTS_MAX) {
            inferred.put(key, shape);
        }
        return shape;
    }

    private int add(int slot, long key, SegmentShape shape, int times) {
        int index = size++;
        slots[slot] = key;
        slots[slot + 1] = index;
        shapes[index] = shape;
        marketData[index] = shape.speaksOfMarketData();
        seen[index] = times;
        if (size == seen.length) {
            grow();
        }
        return index;
    }

    /// Takes in what another one has seen.
    void add(SegmentKinds other) {
        for (int i = 0; i < other.slots.length; i += 2) {
            long key = other.slots[i];
            if (key != 0) {
                int index = (int) other.slots[i + 1];
                int slot = slot(slots, key);
                if (slots[slot] == key) {
                    seen[(int) slots[slot + 1]] += other.seen[index];
                } else if (size < SEGMENTS_MAX) {
                    add(slot, key, other.shapes[index], other.seen[index]);
                }
            }
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
        shapes = Arrays.copyOf(shapes, 2 * size);
        Arrays.fill(shapes, size, 2 * size, NONE);
        marketData = Arrays.copyOf(marketData, 2 * size);
        plainHashes = Arrays.copyOf(plainHashes, 2 * size);
        marketDataHashes = Arrays.copyOf(marketDataHashes, 2 * size);
        seen = Arrays.copyOf(seen, 2 * size);
    }

    /// Whether a segment itself speaks of market data.
    boolean speaksOfMarketData(int index) {
        return marketData[index];
    }

    /// See [SegmentShape#hash].
    long hash(int index, boolean inMarketData) {
        long[] hashes = inMarketData ? marketDataHashes : plainHashes;
        long known = hashes[index];
        if (known == SegmentShape.UNKNOWN) {
            known = shapes[index].hash(inMarketData);
            hashes[index] = known;
        }
        return known;
    }

    /// How many keys had it so far.
    int seen(int index) {
        return seen[index];
    }
}
