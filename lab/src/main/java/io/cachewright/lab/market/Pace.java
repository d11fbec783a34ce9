package io.cachewright.lab.market;

import java.time.Duration;

/// Says when something periodic is due, by the market's own clock.
final class Pace {

    private final long periodNanos;
    private boolean started;
    private long nextNanos;

    Pace(Duration period) {
        this.periodNanos = period.toNanos();
    }

    /// Whether it is due at `nowNanos`; a period that passed unseen is not made up for.
    boolean isDue(long nowNanos) {
        if (!started) {
            started = true;
            nextNanos = nowNanos + periodNanos;
            return false;
        }
        if (nowNanos < nextNanos) {
            return false;
        }
        nextNanos = Math.max(nextNanos + periodNanos, nowNanos);
        return true;
    }
}
