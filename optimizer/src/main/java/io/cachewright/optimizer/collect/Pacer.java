package io.cachewright.optimizer.collect;

import java.time.Duration;

/// Spaces the batches so that they take a small share of the server's time.
///
/// What a batch costs the server cannot be seen from here; it is at most the time from sending to the last reply, less
/// the round trips that a PING takes without any work. On a server with time to spare the share may be greater.
///
/// @param share of the server's time, 0 to 1
record Pacer(double share, long pingNanos) {

    /// Below this share of its time the server is idle, and waiting would only make people wait.
    static final double IDLE_BUSY_SHARE_MAX = 0.05;

    private static final double IDLE_SHARE = 0.2;

    /// The time that was not waiting, where the subtraction leaves less.
    private static final double WORK_SHARE_MIN = 0.2;

    private static final Duration PAUSE_MIN = Duration.ofNanos(500_000);

    /// One batch that the machine's scheduler delayed must not stop the look.
    private static final Duration PAUSE_MAX = Duration.ofMillis(100);

    static Pacer forServer(double busyShare, double busyShareMax, long pingNanos) {
        return new Pacer(
                busyShare < IDLE_BUSY_SHARE_MAX ? Math.max(IDLE_SHARE, busyShareMax) : busyShareMax, pingNanos);
    }

    /// How long to wait after a batch of that many round trips.
    Duration pauseAfter(long elapsedNanos, int roundTrips) {
        double work = Math.max(elapsedNanos - (double) roundTrips * pingNanos, elapsedNanos * WORK_SHARE_MIN);
        long pause = (long) (work * (1 / share - 1));
        return Duration.ofNanos(Math.clamp(pause, PAUSE_MIN.toNanos(), PAUSE_MAX.toNanos()));
    }
}
