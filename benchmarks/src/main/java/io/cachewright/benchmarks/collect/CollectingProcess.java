package io.cachewright.benchmarks.collect;

import com.sun.management.OperatingSystemMXBean;
import io.cachewright.optimizer.collect.CollectionPlan;
import io.cachewright.optimizer.collect.Collector;
import io.cachewright.optimizer.collect.Progress;
import io.cachewright.optimizer.connect.ConnectSettings;
import io.cachewright.optimizer.connect.Connector;
import io.cachewright.optimizer.connect.PasswordSource;
import io.cachewright.optimizer.connect.Session;
import io.cachewright.optimizer.connect.Target;
import io.cachewright.optimizer.evidence.Evidence;
import io.cachewright.optimizer.evidence.KeyspaceSample;
import io.cachewright.optimizer.evidence.ProbeCost;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// The collector in a process of its own, as it runs beside a server: collects each time that it reads a line with a
/// number of milliseconds, for about so long, and answers with what that took.
public final class CollectingProcess {

    /// More than any round can look at, so that the look at the keys, which is the dear part, lasts to the end.
    private static final int KEYS_MAX = 1_000_000;

    /// Of a round: the rest is the look at the keys.
    private static final int WINDOW_SHARE = 4;

    private CollectingProcess() {}

    public static void main(String[] arguments) throws IOException {
        Target.Live target = (Target.Live) Target.parse(arguments[0]);
        var machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        // The first collection pays for the start of the process too.
        long cpuBefore = 0;
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            Evidence evidence = collect(target, Duration.ofMillis(Long.parseLong(order)));
            int keys = evidence.primary()
                    .keyspace()
                    .map(KeyspaceSample::keys)
                    .map(sampled -> sampled.size())
                    .orElse(0);
            long commands =
                    evidence.probes().stream().mapToLong(ProbeCost::calls).sum();
            long cpuNow = machine.getProcessCpuTime();
            System.out.println(new Spent(keys, commands, (cpuNow - cpuBefore) / 1e6).toLine());
            cpuBefore = cpuNow;
        }
    }

    private static Evidence collect(Target.Live target, Duration length) {
        CollectionPlan plan = CollectionPlan.standard()
                .withWindow(length.dividedBy(WINDOW_SHARE))
                .withKeysMax(KEYS_MAX)
                .withBudget(1_000_000, 1L << 30, length);
        try (Session session = new Connector(ConnectSettings.standard()).connect(target, PasswordSource.none())) {
            return new Collector().collect(session, plan, Progress.silent());
        }
    }

    /// What one collection took.
    ///
    /// @param cpuMillis of the whole process
    record Spent(int keys, long commands, double cpuMillis) {

        String toLine() {
            return keys + " " + commands + " " + cpuMillis;
        }

        static Spent ofLine(String line) {
            String[] words = line.split(" ", -1);
            return new Spent(Integer.parseInt(words[0]), Long.parseLong(words[1]), Double.parseDouble(words[2]));
        }
    }
}
