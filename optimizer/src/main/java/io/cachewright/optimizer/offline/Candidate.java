package io.cachewright.optimizer.offline;

import io.cachewright.snapshot.memory.Encoding;
import io.cachewright.snapshot.rdb.ValueType;

/// A key of a snapshot that may be looked at, with what the walk told of it.
///
/// @param hash of its name, which decides whether it is
/// @param bytes what MEMORY USAGE would answer
/// @param expiresAt in ms since 1970; −1 when it never does
/// @param idleSeconds −1 when the file keeps none
/// @param frequency −1 when the file keeps none
/// @param from where its type stands in the file
// Lives within one look and is compared by nobody.
@SuppressWarnings("ArrayRecordComponent")
record Candidate(
        int database,
        byte[] name,
        long hash,
        ValueType type,
        Encoding encoding,
        long elements,
        long bytes,
        long expiresAt,
        long idleSeconds,
        int frequency,
        long from) {}
