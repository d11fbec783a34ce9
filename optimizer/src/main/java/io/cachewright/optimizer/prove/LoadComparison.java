package io.cachewright.optimizer.prove;

import io.cachewright.lab.load.Workload;
import io.cachewright.lab.load.Workloads;
import io.cachewright.lab.server.RedisServer;
import io.cachewright.optimizer.prove.PairedRuns.Outcome;
import java.time.Duration;
import java.util.stream.IntStream;

/// Puts the same load on two running servers in turn, slowed down to what the baseline bears: a candidate that
/// bears less of it shows that.
final class LoadComparison {

    /// The share of what the baseline can bear that the load may take.
    private static final double BUSY_SHARE = 0.4;

    /// What a server can bear is judged over as much of the load, so that its rare heavy commands count by their share:
    /// over a few milliseconds one of them would be all there is.
    private static final Duration CALIBRATED = Duration.ofSeconds(1);

    private static final Duration CALIBRATION = Duration.ofMillis(200);
    private static final int CALIBRATIONS = 2;

    private final PairedRuns runs;

    LoadComparison(PairedRuns runs) {
        this.runs = runs;
    }

    /// @param perSecond commands a second that were sent
    /// @param slowdown how many times slower than the workload asks; 1 when its own rate was bearable
    record Compared(Outcome outcome, double perSecond, double slowdown) {}

    Compared compare(
            RedisServer before, RedisServer after, Workload workload, Expectation expectation, long deadlineNanos) {
        double bearable = BUSY_SHARE * capacity(before, workload);
        warmUp(after, workload);
        double rate = rate(workload);
        double slowdown = Math.max(1, rate / bearable);
        LoadWindows windows = new LoadWindows(workload, slowdown, LoadArm.SLICE.toNanos());
        try (LoadArm baseline = new LoadArm(before, windows, workload.connections());
                LoadArm candidate = new LoadArm(after, windows, workload.connections())) {
            return new Compared(
                    runs.compare(baseline, candidate, expectation, deadlineNanos), rate / slowdown, slowdown);
        }
    }

    /// Commands a second that one connection after the other can get out of the server, which warms it up as
    /// well. The best of several tries: a disturbance of the machine only ever takes away.
    private static double capacity(RedisServer server, Workload workload) {
        Workload window = Workloads.take(workload, CALIBRATED);
        return Math.max(
                1,
                IntStream.range(0, CALIBRATIONS)
                        .mapToDouble(
                                _ -> LoadArm.rush(server, window, CALIBRATION).throughput())
                        .max()
                        .orElseThrow());
    }

    private static void warmUp(RedisServer server, Workload workload) {
        LoadArm.rush(server, Workloads.take(workload, CALIBRATED), CALIBRATION.multipliedBy(CALIBRATIONS));
    }

    /// Commands a second of the calibrated part of the workload, or of all of it when it is shorter.
    private static double rate(Workload workload) {
        long count = 0;
        long last = 1;
        var commands = Workloads.take(workload, CALIBRATED).open();
        while (commands.hasNext()) {
            last = Math.max(last, commands.next().dueNanos());
            count++;
        }
        return count / (last / 1e9);
    }
}
