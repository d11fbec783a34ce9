package io.cachewright.capture.behaviour;

import io.cachewright.capture.command.Key;

/// A key that has much of something: requests, bytes or nanoseconds.
///
/// @param estimate at most `errorMax` too large, and never too small
/// @param total of all keys together
public record HotKey(Key key, long estimate, long errorMax, long total) {

    /// Its share of all, as the estimate has it: 0 to 1.
    public double share() {
        return total == 0 ? 0 : (double) estimate / total;
    }
}
