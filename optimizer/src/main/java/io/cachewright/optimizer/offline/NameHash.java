package io.cachewright.optimizer.offline;

import io.cachewright.snapshot.rdb.RdbKey;

/// Decides which keys of a snapshot are looked at: those with the smallest hashes of their names, so that every key has
/// the same chance and the same file gives the same keys.
final class NameHash {

    private NameHash() {}

    /// FNV-1a with a final mix, so that the order says nothing about the name; not negative.
    static long of(RdbKey key) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < key.nameLength(); i++) {
            hash = (hash ^ (key.name()[key.nameFrom() + i] & 0xff)) * 0x100000001b3L;
        }
        hash ^= hash >>> 32;
        hash *= 0xd6e8feb86659fd93L;
        return (hash ^ hash >>> 32) >>> 1;
    }
}
