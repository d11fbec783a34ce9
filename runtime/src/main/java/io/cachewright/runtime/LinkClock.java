package io.cachewright.runtime;

/// The monotonic time of one client, precise and as of its last tick.
class LinkClock {

    private volatile long tickNanos = nanoTime();

    long nanoTime() {
        return System.nanoTime();
    }

    /// Takes the time for [#tickNanos()] and returns it.
    final long tick() {
        long now = nanoTime();
        tickNanos = now;
        return now;
    }

    /// The time of the last tick: for what may be late by a tick or a pause, never for a promised age.
    final long tickNanos() {
        return tickNanos;
    }
}
