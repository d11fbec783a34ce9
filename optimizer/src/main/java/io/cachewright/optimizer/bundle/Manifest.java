package io.cachewright.optimizer.bundle;

import java.time.Instant;
import java.util.Map;

/// What a bundle says about itself.
///
/// @param format the number of the format; grows when what is written changes its shape
/// @param tool the version that wrote it
/// @param entries every other entry with its size and checksum
record Manifest(int format, String tool, Instant created, Map<String, Entry> entries) {

    /// The format that this version writes and reads.
    static final int FORMAT = 2;

    /// @param sha256 lower-case hexadecimal digits of the uncompressed content
    record Entry(long bytes, String sha256) {}

    Manifest {
        entries = Map.copyOf(entries);
    }
}
