package io.cachewright.optimizer.collect;

import java.time.Duration;
import java.util.Arrays;

/// Spaces batches of commands so that they take a small share of the server's time.
///
/*
 * What commands cost the server cannot be seen from here: the time of a round trip also holds the wait behind other
 * clients' commands and the delays of both machines' schedulers. A PING waits for the same, so a PING's time is taken
 * off. Both are noisy upwards only, never downwards: nothing makes a round trip shorter than it is. So of the last
 * PINGs, and of what is left a command of the last round trips, the lower quartile counts. Where that is less than
 * commands cost anywhere, the known least counts.
 *
 * On a server with time to spare the share may be greater.
 */
final class Pacer {

    /// Below this share of its time the server is idle, and waiting would only make people wait.
    static final double IDLE_BUSY_SHARE_MAX = 0.05;

    private static final double IDLE_SHARE = 0.2;

    /// A cheap command, and reading a request and writing its reply, on a machine of today.
    private static final long COMMAND_NANOS_MIN = 2_000;

    private static final long ROUND_TRIP_NANOS_MIN = 15_000;

    private static final Duration PAUSE_MIN = Duration.ofNanos(500_000);

    private static final Duration PAUSE_MAX = Duration.ofSeconds(1);

    private static final int WATCHED = 31;

    private final double share;
    private final Recent pings = new Recent();
    private final Recent nanosPerCommand = new Recent();
    private double unpaidNanos;

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

    /// Takes one round trip.
    ///
    /// @param nanos from sending to the last reply
    /// @param commands how many cheap commands it is worth
    void observeRoundTrip(long nanos, int commands) {
        nanosPerCommand.add(Math.max(0, nanos - pings.lowerQuartile()) / commands);
        double least = (double) commands * COMMAND_NANOS_MIN + ROUND_TRIP_NANOS_MIN;
        unpaidNanos += Math.max(least, nanosPerCommand.lowerQuartile() * commands);
    }

    /// How long to wait for the round trips since the last pause.
    Duration pause() {
        long pause = (long) (unpaidNanos * (1 / share - 1));
        unpaidNanos = 0;
        return Duration.ofNanos(Math.clamp(pause, PAUSE_MIN.toNanos(), PAUSE_MAX.toNanos()));
    }

    /// The last values seen.
    private static final class Recent {

        private final double[] values = new double[WATCHED];
        private int seen;

        void add(double value) {
            values[seen++ % WATCHED] = value;
        }

        double lowerQuartile() {
            double[] sorted = Arrays.copyOf(values, Math.min(seen, WATCHED));
            Arrays.sort(sorted);
            return sorted[sorted.length / 4];
        }
    }
}
