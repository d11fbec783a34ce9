package io.cachewright.sizing.curve;

import io.cachewright.sizing.server.KeyFootprint;
import io.cachewright.sizing.trace.Trace;

/// The bytes that a cache needs for the key and value of an access.
@FunctionalInterface
public interface Weigher {

    int bytes(Trace trace, int access);

    /// Counts entries: memory is then a number of keys.
    static Weigher entries() {
        return (_, _) -> 1;
    }

    /// What a server needs for them.
    static Weigher of(KeyFootprint footprint) {
        return (trace, access) -> (int) Math.min(
                Integer.MAX_VALUE,
                footprint.bytes(trace.keyNameLength(trace.key(access)), trace.valueBytes(access))
                        + (trace.ttlMillis(access) > 0 ? footprint.expiryBytes() : 0));
    }
}
