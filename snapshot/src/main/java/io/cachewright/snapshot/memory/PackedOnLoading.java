package io.cachewright.snapshot.memory;

import io.cachewright.snapshot.rdb.ValueType;

/// A value that was saved element by element, as one packed value: the server makes that of it when it is small.
/// Thresholds are the servers' defaults.
final class PackedOnLoading {

    private static final int STRING_MAX = 64;
    private static final int HASH_MAX = 512;
    private static final int OTHERS_MAX = 128;
    private static final int INTSET_MAX = 512;
    private static final int INTSET_HEADER = 8;
    private static final int INTSET_NUMBER = 8;

    /// What a score takes in it, about.
    private static final int SCORE = 10;

    private final Layout layout;
    private long entryBytes;
    private long longest;
    private boolean allNumbers;

    PackedOnLoading(Layout layout) {
        this.layout = layout;
    }

    void begin() {
        entryBytes = 0;
        longest = 0;
        allNumbers = true;
    }

    void add(long bytes, boolean integer) {
        longest = Math.max(longest, bytes);
        allNumbers &= integer;
        int entry = integer
                ? 1 + numberBytes(bytes)
                : (int) Math.min(bytes, 1 << 20) + (bytes < 64 ? 1 : bytes < 4096 ? 2 : 5);
        entryBytes += entry + (entry < 128 ? 1 : 2);
    }

    /// A listpack keeps numbers in 0 to 8 bytes; by the digits, as the numbers themselves are not told.
    private static int numberBytes(long digits) {
        return digits <= 2 ? 0 : digits <= 3 ? 1 : digits <= 4 ? 2 : digits <= 7 ? 3 : digits <= 10 ? 4 : 8;
    }

    /// Bytes of the entries so far, without a frame.
    long entryBytes() {
        return entryBytes;
    }

    /// Whether the server packs it.
    boolean applies(ValueType type, long elements) {
        return switch (type) {
            case SET ->
                isIntegers(type, elements) || (layout.smallSets() && elements <= OTHERS_MAX && longest <= STRING_MAX);
            case HASH -> elements <= HASH_MAX && longest <= STRING_MAX;
            case SORTED_SET -> elements <= OTHERS_MAX && longest <= STRING_MAX;
            case STRING, LIST, STREAM, MODULE -> false;
        };
    }

    private boolean isIntegers(ValueType type, long elements) {
        return type == ValueType.SET && allNumbers && elements <= INTSET_MAX;
    }

    Encoding encoding(ValueType type, long elements) {
        return isIntegers(type, elements) ? Encoding.INTSET : layout.ziplists() ? Encoding.ZIPLIST : Encoding.LISTPACK;
    }

    long bytes(ValueType type, long elements) {
        if (isIntegers(type, elements)) {
            return INTSET_HEADER + INTSET_NUMBER * elements;
        }
        return entryBytes + (type == ValueType.SORTED_SET ? SCORE * elements : 0) + PackedNodes.LISTPACK_FRAME;
    }
}
