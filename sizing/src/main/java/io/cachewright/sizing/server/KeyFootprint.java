package io.cachewright.sizing.server;

/// What one key takes in memory, tables excluded, in bytes as the allocator hands them out.
public interface KeyFootprint {

    /// The bytes of a key with its value in the main dictionary.
    long bytes(int keyBytes, int valueBytes);

    /// The bytes that a time to live adds.
    long expiryBytes();

    /// String values of a server.
    static KeyFootprint ofStrings(Allocator allocator, TableLayout layout) {
        return new StringFootprint(allocator, layout);
    }
}
