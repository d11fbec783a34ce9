package io.cachewright.optimizer.prove;

import io.cachewright.lab.wire.WireConnection;
import io.cachewright.optimizer.prove.ServerMeter.Spent;
import io.cachewright.optimizer.prove.practice.Job;
import org.HdrHistogram.Histogram;

/// One way of doing a job, on its own shadow: first at the times when jobs are due, then one right after the other.
///
/// A job is due at a fixed rate whatever the server does, and its latency counts from then to its last reply. One
/// connection does one job at a time: a job that finds the one before unfinished waits, and that wait is the server's
/// doing and counts. What we ourselves start late is kept apart as lag.
final class JobArm implements Arm {

    private final Job job;
    private final WireConnection connection;
    private final ServerMeter meter;
    private final JobPace pace;

    JobArm(Job job, WireConnection connection, ServerMeter meter, JobPace pace) {
        this.job = job;
        this.connection = connection;
        this.meter = meter;
        this.pace = pace;
    }

    @Override
    public Slice run(int round) {
        int first = round * pace.perSlice();
        Histogram latency = Slice.newHistogram();
        Histogram lag = Slice.newHistogram();
        long[] rushNanos = new long[1];
        Spent spent = meter.during(() -> {
            runTimed(first, latency, lag);
            rushNanos[0] = runRushed(first + pace.timed());
        });
        return new Slice(
                pace.perSlice(),
                spent.cpuSeconds(),
                spent.bytesIn(),
                spent.bytesOut(),
                meter.memoryBytes(),
                pace.rushed() * 1e9 / rushNanos[0],
                latency,
                lag);
    }

    @Override
    public void close() {
        connection.close();
        meter.close();
    }

    private void runTimed(int first, Histogram latency, Histogram lag) {
        long due = System.nanoTime();
        long free = due;
        for (int i = 0; i < pace.timed(); i++) {
            long now = spinUntil(due);
            lag.recordValue(now - Math.max(due, free));
            job.run(connection, first + i);
            free = System.nanoTime();
            latency.recordValue(free - due);
            due += pace.intervalNanos();
        }
    }

    private long runRushed(int first) {
        long start = System.nanoTime();
        for (int i = 0; i < pace.rushed(); i++) {
            job.run(connection, first + i);
        }
        return Math.max(1, System.nanoTime() - start);
    }

    /// A sleep would wake up later than most round trips last.
    private static long spinUntil(long due) {
        long now = System.nanoTime();
        while (now - due < 0) {
            Thread.onSpinWait();
            now = System.nanoTime();
        }
        return now;
    }
}
