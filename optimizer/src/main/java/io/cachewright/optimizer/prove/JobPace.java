package io.cachewright.optimizer.prove;

import io.cachewright.lab.wire.WireConnection;
import io.cachewright.optimizer.prove.practice.Job;
import java.util.Arrays;
import java.util.List;

/// How often a job is due and how many make one slice; the same on both sides, so that both get the same load.
///
/// @param timed jobs of a slice that are due at a fixed rate
/// @param rushed jobs of a slice that follow one right after the other, for the throughput
/// @param intervalNanos from one due job to the next
record JobPace(int timed, int rushed, long intervalNanos) {

    /// Long enough to hold some dozens of round trips, short enough that a disturbance of the machine
    /// spoils few of them.
    private static final long SLICE_NANOS = 15_000_000;

    private static final long RUSH_NANOS = 4_000_000;

    /// The slower side is busy for half of the time, so neither falls behind for long.
    private static final double BUSY_SHARE = 0.5;

    private static final long WARM_UP_NANOS = 80_000_000;

    private static final int WARM_UP_JOBS_MIN = 10;
    private static final int WARM_UP_JOBS_MAX = 4_000;

    /// Far above the numbers that are measured, so that no warm-up does their work beforehand.
    private static final int WARM_UP_FIRST = 1_000_000_000;

    /// Runs both jobs until they are warm, and paces them by the slower one.
    static JobPace of(List<Job> jobs, List<WireConnection> connections) {
        long slowest = 1;
        for (int side = 0; side < jobs.size(); side++) {
            slowest = Math.max(slowest, nanosPerJob(jobs.get(side), connections.get(side)));
        }
        long interval = Math.round(slowest / BUSY_SHARE);
        return new JobPace(
                (int) Math.max(1, SLICE_NANOS / interval), (int) Math.max(1, RUSH_NANOS / slowest), interval);
    }

    int perSlice() {
        return timed + rushed;
    }

    /// The median of the second half: in the first the JVM still compiles, and a disturbance is not the job's time.
    private static long nanosPerJob(Job job, WireConnection connection) {
        long[] nanos = new long[WARM_UP_JOBS_MAX];
        int done = 0;
        long start = System.nanoTime();
        long before = start;
        while (done < WARM_UP_JOBS_MIN || (before - start < WARM_UP_NANOS && done < WARM_UP_JOBS_MAX)) {
            job.run(connection, WARM_UP_FIRST + done);
            long after = System.nanoTime();
            nanos[done++] = after - before;
            before = after;
        }
        long[] second = Arrays.copyOfRange(nanos, done / 2, done);
        Arrays.sort(second);
        return second[second.length / 2];
    }
}
