package io.cachewright.optimizer.prove;

import io.cachewright.lab.load.LoadGenerator;
import io.cachewright.lab.load.LoadResult;
import io.cachewright.lab.load.LoadSettings;
import io.cachewright.lab.load.Workload;
import io.cachewright.lab.load.Workloads;
import io.cachewright.lab.server.RedisServer;
import io.cachewright.optimizer.prove.ServerMeter.Spent;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.HdrHistogram.Histogram;

/// A server under the load: first each command when it is due, then the same commands as fast as it answers. What the
/// server spends is counted over the first part only, as only there both sides do the same.
final class LoadArm implements Arm {

    static final Duration SLICE = Duration.ofMillis(25);

    private static final Duration RUSH = Duration.ofMillis(8);

    private static final int CONNECTS_MEASURED = 9;

    private final RedisServer server;
    private final ServerMeter meter;
    private final LoadWindows windows;
    private final double secondsToConnect;

    LoadArm(RedisServer server, LoadWindows windows, int connections) {
        this.server = server;
        this.windows = windows;
        this.meter = new ServerMeter(server.connect());
        this.secondsToConnect = secondsToConnect(connections);
    }

    @Override
    public Slice run(int round) {
        Workload workload = windows.at(round);
        LoadResult[] result = new LoadResult[1];
        Spent spent = meter.during(() -> result[0] = openLoop(workload));
        long memoryBytes = meter.memoryBytes();
        LoadResult rushed = rush(server, workload, RUSH);
        LoadResult timed = result[0];
        Histogram latency = Slice.newHistogram();
        latency.add(timed.latency());
        Histogram lag = Slice.newHistogram();
        lag.add(timed.sendLag());
        return new Slice(
                Math.max(1, timed.sent()),
                spent.cpuSeconds() - secondsToConnect,
                spent.bytesIn(),
                spent.bytesOut(),
                memoryBytes,
                rushed.throughput(),
                latency,
                lag);
    }

    /// The same commands over and over, as fast as they are answered.
    static LoadResult rush(RedisServer server, Workload workload, Duration length) {
        return LoadGenerator.closedLoop(1)
                .run(
                        server.address(),
                        server.credentials(),
                        LoadWindows.repeated(workload),
                        LoadSettings.lasting(length).withWarmUp(Duration.ZERO));
    }

    @Override
    public void close() {
        meter.close();
    }

    private LoadResult openLoop(Workload workload) {
        return LoadGenerator.openLoop()
                .run(
                        server.address(),
                        server.credentials(),
                        workload,
                        LoadSettings.lasting(SLICE).withWarmUp(Duration.ZERO));
    }

    /// Each slice connects anew, which is no part of the load.
    private double secondsToConnect(int connections) {
        Workload nothing = Workloads.of(connections, List.of());
        double[] seconds = new double[CONNECTS_MEASURED];
        for (int i = 0; i < CONNECTS_MEASURED; i++) {
            seconds[i] = meter.during(() -> openLoop(nothing)).cpuSeconds();
        }
        Arrays.sort(seconds);
        return seconds[CONNECTS_MEASURED / 2];
    }
}
