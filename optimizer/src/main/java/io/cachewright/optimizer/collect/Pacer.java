package io.cachewright.optimizer.collect;

import java.time.Duration;
import java.util.Arrays;

/// Spaces the batches so that they take a small share of the server's time.
///
/*
 * What a batch costs the server cannot be seen from here: the time from sending to the last reply also holds the wait
 * behind other clients' commands and the delays of both machines' schedulers. A PING waits behind the same commands, so
 * a PING's time is taken off for each round trip. And chance delays single batches only, so what counts is the median
 * over the last batches of what is left, a command. Where that is less than commands cost anywhere, it is noise that
 * was taken off, and the known least counts.
 *
 * On a server with time to spare the share may be greater.
 */
final class Pacer {

    /// Below this share of its time the server is idle, and waiting would only make people wait.
    static final double IDLE_BUSY_SHARE_MAX = 0.05;

    private static final double IDLE_SHARE = 0.2;

    /// The cheapest command, and reading a request and writing its reply, on a machine of today.
    private static final long COMMAND_NANOS_MIN = 1_000;

    private static final long ROUND_TRIP_NANOS_MIN = 10_000;

    private static final Duration PAUSE_MIN = Duration.ofNanos(500_000);

    private static final Duration PAUSE_MAX = Duration.ofSeconds(1);

    private static final int WATCHED = 15;

    /// One batch.
    ///
    /// @param elapsedNanos from sending to the last reply, over all its round trips
    record Batch(long elapsedNanos, int roundTrips, int commands) {}

    private final double share;
    private final Recent pings = new Recent();
    private final Recent nanosPerCommand = new Recent();

    private Pacer(double share) {
        this.share = share;
    }

    /// @param busyShare of its time that the server is busy, 0 to 1
    /// @param busyShareMax the share that looks may take of a busy one
    /// @param pingNanos the median PING before the look
    static Pacer forServer(double busyShare, double busyShareMax, long pingNanos) {
        Pacer pacer = new Pacer(busyShare < IDLE_BUSY_SHARE_MAX ? Math.max(IDLE_SHARE, busyShareMax) : busyShareMax);
        pacer.observePing(pingNanos);
        return pacer;
    }

    void observePing(long nanos) {
        pings.add((double) nanos);
    }

    /// How long to wait after a batch.
    Duration pauseAfter(Batch batch) {
        double waited = pings.median() * batch.roundTrips();
        nanosPerCommand.add(Math.max(0, batch.elapsedNanos() - waited) / batch.commands());
        double least = (double) batch.commands() * COMMAND_NANOS_MIN + batch.roundTrips() * ROUND_TRIP_NANOS_MIN;
        double work = Math.max(least, nanosPerCommand.median() * batch.commands());
        long pause = (long) (work * (1 / share - 1));
        return Duration.ofNanos(Math.clamp(pause, PAUSE_MIN.toNanos(), PAUSE_MAX.toNanos()));
    }

    /// The last values seen.
    private static final class Recent {

        private final double[] values = new double[WATCHED];
        private int seen;

        void add(double value) {
            values[seen++ % WATCHED] = value;
        }

        double median() {
            double[] sorted = Arrays.copyOf(values, Math.min(seen, WATCHED));
            Arrays.sort(sorted);
            return sorted[sorted.length / 2];
        }
    }
}
