package io.cachewright.snapshot.memory;

import io.cachewright.snapshot.rdb.ValueType;

/// A set, hash or sorted set whose elements were saved one by one: a hash table, a skiplist, or packed by the server
/// when it loads them.
final class SeparateElements {

    private static final int POINTER = 8;
    private static final int ENTRY = 24;
    private static final int ENTRY_WITHOUT_VALUE = 16;
    private static final int EMBEDDED_FIELD_MAX = 128;

    private static final int SORTED_SET = 16;
    private static final int SKIPLIST = 32;
    private static final int SKIPLIST_LEVELS = 32;
    private static final int SKIPLIST_NODE = 24;
    private static final int SKIPLIST_LEVEL = 16;
    private static final double SKIPLIST_P = 0.25;

    /// What a field with an expiry takes beyond its name: the expiry itself, and its share of the index.
    private static final int FIELD_EXPIRY = 24;

    private final Layout layout;
    private final Sizes sizes;
    private final Footprint footprint;
    private final PackedOnLoading onLoading;
    private final double skiplistNode;
    private final long skiplistHeader;

    private ValueType type = ValueType.SET;
    private double strings;
    private long pendingField;
    private long fieldExpiries;

    SeparateElements(Layout layout, Sizes sizes, Footprint footprint) {
        this.layout = layout;
        this.sizes = sizes;
        this.footprint = footprint;
        this.onLoading = new PackedOnLoading(layout);
        double expected = 0;
        double share = 1 - SKIPLIST_P;
        for (int level = 1; level <= SKIPLIST_LEVELS; level++) {
            expected += share * sizes.of(SKIPLIST_NODE + (long) SKIPLIST_LEVEL * level);
            share *= SKIPLIST_P;
        }
        this.skiplistNode = expected;
        this.skiplistHeader = sizes.of(SKIPLIST_NODE + (long) SKIPLIST_LEVEL * SKIPLIST_LEVELS);
    }

    void begin(ValueType ofType) {
        type = ofType;
        strings = 0;
        pendingField = -1;
        fieldExpiries = 0;
        onLoading.begin();
    }

    /// The name of a hash's field, before its value.
    void addField(long bytes, boolean integer) {
        pendingField = bytes;
        onLoading.add(bytes, integer);
    }

    void addFieldExpiry() {
        fieldExpiries++;
    }

    void add(long bytes, boolean integer) {
        onLoading.add(bytes, integer);
        strings += switch (type) {
            case SORTED_SET -> sizes.ofString(bytes) + skiplistNode;
            case HASH -> pair(pendingField, bytes);
            case SET, LIST, STRING, STREAM, MODULE -> sizes.ofString(bytes);
        };
    }

    private long pair(long fieldBytes, long valueBytes) {
        if (layout.tables() == Layout.Tables.CHAINED) {
            return sizes.ofString(fieldBytes) + sizes.ofString(valueBytes);
        }
        long together = Sizes.stringBytes(fieldBytes) + Math.max(3, Sizes.stringHeader(valueBytes)) + valueBytes + 1;
        return together <= EMBEDDED_FIELD_MAX
                ? sizes.of(together)
                : sizes.of(POINTER + Sizes.stringBytes(fieldBytes)) + sizes.ofString(valueBytes);
    }

    Encoding end(long elements) {
        if (onLoading.applies(type, elements)) {
            long bytes = onLoading.bytes(type, elements);
            long real = sizes.of(bytes);
            footprint.add(layout.ziplists() ? bytes : real, real);
            return onLoading.encoding(type, elements);
        }
        double kept = strings + (double) FIELD_EXPIRY * fieldExpiries;
        footprint.addExpected(kept, kept);
        addTable(elements);
        if (type != ValueType.SORTED_SET) {
            return Encoding.HASHTABLE;
        }
        footprint.addStructures(1, SORTED_SET);
        footprint.addStructures(1, SKIPLIST);
        footprint.add(skiplistHeader);
        return Encoding.SKIPLIST;
    }

    private void addTable(long elements) {
        footprint.addStructures(1, layout.tableHeader());
        if (layout.tables() == Layout.Tables.BUCKETED) {
            double buckets = HashTables.bucketedBytes(elements);
            footprint.addExpected(buckets, buckets);
            return;
        }
        footprint.addStructures(1, HashTables.chainedBytes(elements));
        if (type == ValueType.SET && layout.setsWithoutEntries()) {
            double chained = elements - HashTables.firstOfChain(elements);
            footprint.addExpected(
                    layout.countsThatSaving() ? ENTRY_WITHOUT_VALUE * chained : (double) ENTRY * elements,
                    sizes.of(ENTRY_WITHOUT_VALUE) * chained);
        } else {
            footprint.addStructures(elements, ENTRY);
        }
    }
}
