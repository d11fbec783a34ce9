package io.cachewright.sizing.server;

/// A key, its string value, and the entries that hold them together.
///
/// Sources: `sds.h` for the headers of strings, `object.c` for values up to 44 bytes, which are one block with
/// their object, `dict.c` and (Valkey) `dict.c` of 8.0, `object.c` of 8.1 for keys kept within another block.
record StringFootprint(Allocator allocator, TableLayout layout) implements KeyFootprint {

    private static final int OBJECT_BYTES = 16;
    private static final int ENTRY_BYTES = 24;
    private static final int EMBEDDED_VALUE_MAX = 44;
    private static final int POINTER_BYTES = 8;

    @Override
    public long bytes(int keyBytes, int valueBytes) {
        return switch (layout) {
            case CHAINED_HEADS, CHAINED ->
                allocator.sizeOf(ENTRY_BYTES) + allocator.sizeOf(sds(keyBytes)) + value(valueBytes, 0);
            // An entry without its key pointer, a byte for the header's size, then the key.
            case CHAINED_EMBEDDED_KEYS ->
                allocator.sizeOf(ENTRY_BYTES - POINTER_BYTES + 1 + sds(keyBytes)) + value(valueBytes, 0);
            case CACHE_LINE_BUCKETS -> value(valueBytes, 1 + sds(keyBytes));
        };
    }

    @Override
    public long expiryBytes() {
        return switch (layout) {
            case CHAINED_HEADS, CHAINED, CHAINED_EMBEDDED_KEYS -> allocator.sizeOf(ENTRY_BYTES);
            case CACHE_LINE_BUCKETS -> POINTER_BYTES;
        };
    }

    private long value(int valueBytes, int embeddedKeyBytes) {
        int embedded = OBJECT_BYTES + embeddedKeyBytes + sds8(valueBytes);
        boolean inOneBlock = embeddedKeyBytes == 0 ? valueBytes <= EMBEDDED_VALUE_MAX : embedded <= 64;
        return inOneBlock
                ? allocator.sizeOf(embedded)
                : allocator.sizeOf(OBJECT_BYTES + embeddedKeyBytes) + allocator.sizeOf(sds(valueBytes));
    }

    private static int sds8(int length) {
        return 3 + length + 1;
    }

    /// Header, bytes and a terminating zero.
    private static int sds(int length) {
        int header = length < 32 ? 1 : length < 256 ? 3 : length < 65_536 ? 5 : 9;
        return header + length + 1;
    }
}
