package io.cachewright.snapshot;

import io.cachewright.snapshot.memory.Encoding;
import io.cachewright.snapshot.rdb.ValueType;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// One key.
///
/// @param name printable; bytes outside ASCII as `\xNN`
/// @param family the pattern of its family; empty where families are not known yet
/// @param encoding in memory, on the server that is modelled
/// @param elements fields, members, entries; for a string its length in bytes
/// @param fileBytes what it takes in the file, with name and expiry
/// @param usageBytes what `MEMORY USAGE key SAMPLES 0` would answer
/// @param allocatedBytes what it takes from the allocator, without its share of the tables of the database
/// @param idleSeconds since it was last used; known under an LRU policy
/// @param frequency the logarithmic counter, 0 to 255; known under an LFU policy
public record KeyRow(
        int database,
        String name,
        String family,
        ValueType type,
        Encoding encoding,
        long elements,
        long fileBytes,
        long usageBytes,
        long allocatedBytes,
        Optional<Instant> expiresAt,
        OptionalLong idleSeconds,
        OptionalInt frequency) {

    KeyRow inDatabase(int number) {
        return new KeyRow(
                number,
                name,
                family,
                type,
                encoding,
                elements,
                fileBytes,
                usageBytes,
                allocatedBytes,
                expiresAt,
                idleSeconds,
                frequency);
    }
}
