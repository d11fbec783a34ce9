package io.cachewright.sizing.server;

import io.cachewright.domain.Engine;
import io.cachewright.domain.ServerVersion;

/// How a server keeps its keys, by version; it decides what a key costs and which keys are sampled together.
public enum TableLayout {
    /// Chained entries; a bucket's chain is sampled from its start only (Redis 6.2).
    CHAINED_HEADS,
    /// Chained entries; all of a chain is sampled (Redis 7.0 to 8.0).
    CHAINED,
    /// Chained entries that hold the key themselves (Valkey 8.0).
    CHAINED_EMBEDDED_KEYS,
    /// Buckets of one cache line with seven entries; key and expiry are in the value object (Valkey 8.1
    /// and later).
    CACHE_LINE_BUCKETS;

    /// The layout of that version; unknown newer ones are taken to be as the newest known.
    public static TableLayout of(ServerVersion version) {
        if (version.engine() == Engine.VALKEY) {
            if (version.isAtLeast(Engine.VALKEY, 8, 1)) {
                return CACHE_LINE_BUCKETS;
            }
            return version.isAtLeast(Engine.VALKEY, 8, 0) ? CHAINED_EMBEDDED_KEYS : CHAINED;
        }
        return version.isAtLeast(Engine.REDIS, 7, 0) ? CHAINED : CHAINED_HEADS;
    }
}
