package io.cachewright.optimizer.prove;

import io.cachewright.lab.load.Workload;
import io.cachewright.lab.server.RedisServer;
import io.cachewright.optimizer.prove.LoadComparison.Compared;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Puts the same load on two shadows that differ in parameters only. Both are started with their parameters, so those
/// that need a restart, or matter for new keys only, have their effect.
final class ParameterComparison {

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
        Map<String, String> both = SafeParameters.withoutWaits(model.parameters(), changed.keySet());
        Map<String, String> candidate = new TreeMap<>(both);
        candidate.putAll(changed);
        try (RedisServer before = host.start(both, model.fill().get());
                RedisServer after = host.start(candidate, model.fill().get())) {
            // Bound to one core, the threads of a server could only take turns.
            boolean isBound = !SafeParameters.useThreads(changed.keySet()) && Cores.bindServers(before, after);
            Compared compared = new LoadComparison(runs).compare(before, after, workload, expectation, deadlineNanos);
            return new Measured(
                    compared.outcome().judgement(),
                    String.format(
                            Locale.ROOT,
                            "%s; %s; load: %s, %,.0f commands a second%s on %d connections over a Unix socket;"
                                    + " %d pairs of %d ms in random order%s",
                            host.description(),
                            told(changed) + (both.isEmpty() ? "" : " (both with " + told(both) + ")"),
                            model.description(),
                            compared.perSecond(),
                            compared.slowdown() > 1
                                    ? String.format(Locale.ROOT, " (1/%.1f of its rate)", compared.slowdown())
                                    : "",
                            workload.connections(),
                            compared.outcome().pairs(),
                            LoadArm.SLICE.toMillis(),
                            isBound ? ", servers bound to one core" : ""));
        }
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
