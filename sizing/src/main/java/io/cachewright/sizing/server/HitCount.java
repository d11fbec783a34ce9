package io.cachewright.sizing.server;

/// Reads of a group of keys, and how many of them found their key.
public record HitCount(String group, long reads, long hits) {

    /// Hits among reads, 0 to 1; 0 when nothing was read.
    public double hitRatio() {
        return reads == 0 ? 0 : (double) hits / reads;
    }
}
