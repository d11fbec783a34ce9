package io.cachewright.optimizer.prove;

import io.cachewright.lab.load.Workload;
import io.cachewright.lab.load.Workloads;
import io.cachewright.lab.server.RedisServer;
import io.cachewright.optimizer.prove.PairedRuns.Outcome;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// Puts the same load on two shadows that differ in parameters only. Both are started with their parameters, so those
/// that need a restart, or matter for new keys only, have their effect.
final class ParameterComparison {

    /// The share of what the slower side can bear that the load may take.
    private static final double BUSY_SHARE = 0.4;

    private static final Duration CALIBRATION = Duration.ofMillis(20);
    private static final int CALIBRATIONS = 6;

    private final ShadowHost host;
    private final PairedRuns runs;
    private final ShadowModel model;
    private final Workload workload;

    ParameterComparison(ShadowHost host, PairedRuns runs, ShadowModel model, Workload workload) {
        this.host = host;
        this.runs = runs;
        this.model = model;
        this.workload = workload;
    }

    Measured compare(Map<String, String> changed, Expectation expectation, long deadlineNanos) {
        try (RedisServer before = host.start(Map.of(), model.fill().get());
                RedisServer after = host.start(changed, model.fill().get())) {
            // Bound to one core, the threads of a server could only take turns.
            boolean isBound = !SafeParameters.useThreads(changed.keySet()) && Cores.bindServers(before, after);
            double bearable = BUSY_SHARE * Math.min(capacity(before), capacity(after));
            double rate = rate();
            double slowdown = Math.max(1, rate / bearable);
            LoadWindows windows = new LoadWindows(workload, slowdown, LoadArm.SLICE.toNanos());
            try (LoadArm baseline = new LoadArm(before, windows, workload.connections());
                    LoadArm candidate = new LoadArm(after, windows, workload.connections())) {
                Outcome outcome = runs.compare(baseline, candidate, expectation, deadlineNanos);
                return new Measured(
                        outcome.judgement(),
                        String.format(
                                Locale.ROOT,
                                "%s; %s; load: %s, %,.0f commands a second%s on %d connections over a Unix socket;"
                                        + " %d pairs of %d ms in random order%s",
                                host.description(),
                                told(changed),
                                model.description(),
                                rate / slowdown,
                                slowdown > 1 ? String.format(Locale.ROOT, " (1/%.1f of its rate)", slowdown) : "",
                                workload.connections(),
                                outcome.pairs(),
                                LoadArm.SLICE.toMillis(),
                                isBound ? ", servers bound to one core" : ""));
            }
        }
    }

    /// Commands a second that one connection after the other can get out of the server; warms it up as well. The best
    /// of several tries: a disturbance of the machine only ever takes away.
    private double capacity(RedisServer server) {
        Workload window = new LoadWindows(workload, 1, LoadArm.SLICE.toNanos()).at(0);
        return Math.max(
                1,
                IntStream.range(0, CALIBRATIONS)
                        .mapToDouble(
                                _ -> LoadArm.rush(server, window, CALIBRATION).throughput())
                        .max()
                        .orElseThrow());
    }

    /// Commands a second of the workload's first second, or of all of it when it is shorter.
    private double rate() {
        long count = 0;
        long last = 1;
        var commands = Workloads.take(workload, Duration.ofSeconds(1)).open();
        while (commands.hasNext()) {
            last = Math.max(last, commands.next().dueNanos());
            count++;
        }
        return count / (last / 1e9);
    }

    private static String told(Map<String, String> changed) {
        StringBuilder told = new StringBuilder();
        new TreeMap<>(changed)
                .forEach((name, value) -> told.append(told.isEmpty() ? "" : ", ")
                        .append(name)
                        .append(" ")
                        .append(value));
        return told.toString();
    }
}
