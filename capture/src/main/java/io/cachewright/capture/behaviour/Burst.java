package io.cachewright.capture.behaviour;

import java.time.Duration;

/// How many commands came in the fullest stretch of one length, against the mean.
///
/// @param peak commands in the fullest stretch
/// @param peakNanos when it began, since 1970
/// @param mean commands in a stretch of that length, over the whole capture
public record Burst(Duration width, long peak, long peakNanos, double mean) {

    /// How many times the mean the peak is.
    public double ratio() {
        return mean == 0 ? 0 : peak / mean;
    }
}
