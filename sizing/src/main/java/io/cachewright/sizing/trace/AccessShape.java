package io.cachewright.sizing.trace;

import java.util.function.LongToIntFunction;
import java.util.function.LongUnaryOperator;

/// What a trace that holds keys only leaves open: how fast the accesses came, and how big and how long-lived each
/// key's value is.
///
/// @param valueBytes by key id
/// @param ttlMillis by key id; 0 for none
public record AccessShape(double accessesPerSecond, LongToIntFunction valueBytes, LongUnaryOperator ttlMillis) {

    public AccessShape {
        if (!(accessesPerSecond > 0)) {
            throw new IllegalArgumentException("accessesPerSecond must be positive, was " + accessesPerSecond);
        }
    }

    /// Values of one size that never expire.
    public static AccessShape uniform(double accessesPerSecond, int valueBytes) {
        return new AccessShape(accessesPerSecond, _ -> valueBytes, _ -> 0);
    }

    long timeMicros(long access) {
        return (long) (access * (1_000_000 / accessesPerSecond));
    }
}
