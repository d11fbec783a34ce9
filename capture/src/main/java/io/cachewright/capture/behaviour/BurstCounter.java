package io.cachewright.capture.behaviour;

import java.time.Duration;

/// Counts commands in stretches of one length that follow each other. A command that comes late, because its answer
/// was awaited, counts in the mean only.
final class BurstCounter {

    private final Duration width;
    private final long widthNanos;
    private long stretch = Long.MIN_VALUE;
    private long count;
    private long peak;
    private long peakStretch;
    private long total;

    BurstCounter(Duration width) {
        this.width = width;
        this.widthNanos = width.toNanos();
    }

    void add(long timeNanos) {
        long here = Math.floorDiv(timeNanos, widthNanos);
        total++;
        if (here > stretch) {
            stretch = here;
            count = 0;
        } else if (here < stretch) {
            return;
        }
        if (++count > peak) {
            peak = count;
            peakStretch = here;
        }
    }

    /// @param spanNanos from the first command to the last
    Burst result(long spanNanos) {
        double stretches = Math.max(1, (double) spanNanos / widthNanos);
        return new Burst(width, peak, peak == 0 ? 0 : peakStretch * widthNanos, total / stretches);
    }
}
