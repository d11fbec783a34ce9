package io.cachewright.sizing.server;

import java.util.List;

/// What a server did with a trace.
///
/// @param groups reads and hits of each group of keys
/// @param evicted keys that were removed to get below `maxmemory`
/// @param expired keys that were removed because their time to live was over
/// @param refusedWrites values that were not stored because nothing could be evicted
/// @param keysAtEnd keys that were left
/// @param usedBytesAtEnd `used_memory` at the end
public record ReplayResult(
        List<HitCount> groups, long evicted, long expired, long refusedWrites, int keysAtEnd, long usedBytesAtEnd) {

    public ReplayResult {
        groups = List.copyOf(groups);
    }

    /// Accesses that looked a key up.
    public long reads() {
        return groups.stream().mapToLong(HitCount::reads).sum();
    }

    /// Reads that found their key.
    public long hits() {
        return groups.stream().mapToLong(HitCount::hits).sum();
    }

    /// Hits among reads, 0 to 1; 0 when nothing was read.
    public double hitRatio() {
        return new HitCount("all", reads(), hits()).hitRatio();
    }
}
