package io.cachewright.runtime;

import io.cachewright.domain.Reading;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The monotonic time of one client: precise, coarse where that is wanted, and as of its last tick.
class LinkClock {

    private static final Logger LOG = LoggerFactory.getLogger(LinkClock.class);

    private static final int COARSE_BOUND_PER_LATENESS = 3;

    private final @Nullable CoarseClock coarse;
    private volatile long tickNanos = nanoTime();

    LinkClock(HitClock hits) {
        this.coarse = switch (hits) {
            case PRECISE -> null;
            case COARSE -> coarseClock();
        };
    }

    private static @Nullable CoarseClock coarseClock() {
        return switch (CoarseClock.system()) {
            case Reading.Known(CoarseClock clock) -> clock;
            case Reading.Unavailable(var _, String reason) -> {
                LOG.warn("hits are judged by the precise clock, the coarse one is not to be had: {}", reason);
                yield null;
            }
        };
    }

    /// The clock for near hits within `boundNanos`; null where that is the precise one.
    final @Nullable CoarseClock coarseWithin(long boundNanos) {
        // Where it may be late by much of the bound, heartbeats have no room and hits would be looked at twice.
        return coarse != null && coarse.lateNanosMax() <= boundNanos / COARSE_BOUND_PER_LATENESS ? coarse : null;
    }

    long nanoTime() {
        return System.nanoTime();
    }

    /// Takes the time for [#tickNanos()] and returns it.
    final long tick() {
        long now = nanoTime();
        tickNanos = now;
        if (coarse != null) {
            coarse.check();
        }
        return now;
    }

    /// A number that is another one after each tick.
    final int tickNumber() {
        return (int) tickNanos;
    }

    /// The time of the last tick: for what may be late by a tick or a pause, never for a promised age.
    final long tickNanos() {
        return tickNanos;
    }
}
