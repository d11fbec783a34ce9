package io.cachewright.optimizer.diagnose.testkit;

import io.cachewright.domain.Reading;
import io.cachewright.optimizer.evidence.Evidence;
import io.cachewright.optimizer.evidence.InfoWindow;
import io.cachewright.optimizer.evidence.KeyspaceSample;
import io.cachewright.optimizer.evidence.NodeEvidence;
import io.cachewright.optimizer.profile.CommandRate;
import io.cachewright.optimizer.profile.KeyFamily;
import io.cachewright.optimizer.profile.Profiler;
import io.cachewright.optimizer.profile.WorkloadProfile;
import java.util.Comparator;
import java.util.List;

/// The profile that evidence implies; key families are those that a test names, else those inferred from its keys.
final class TestProfile {

    private static final String COMMAND_STAT = "cmdstat_";

    private TestProfile() {}

    static WorkloadProfile of(NodeEvidence node, List<KeyFamily> families) {
        Reading<InfoWindow> info = node.info();
        Reading<List<CommandRate>> commands =
                info.flatMap(window -> window.growth("total_commands_processed").map(_ -> commands(window)));
        return new WorkloadProfile(
                info.toOptional().map(InfoWindow::length).orElse(java.time.Duration.ZERO),
                families.isEmpty() ? inferredFamilies(node) : node.keyspace().map(_ -> families),
                commands,
                node.keyspace().map(KeyspaceSample::totalKeys),
                info.flatMap(window -> window.last().number("used_memory")),
                info.flatMap(window -> window.rate("total_commands_processed")),
                info.flatMap(window -> window.rate("total_net_input_bytes")),
                info.flatMap(window -> window.rate("total_net_output_bytes")),
                commands.map(TestProfile::busyShare),
                info.flatMap(TestProfile::hitRatio),
                commands.map(rates -> share(rates, List.of("set", "hset", "zadd", "publish", "xadd"))));
    }

    private static Reading<List<KeyFamily>> inferredFamilies(NodeEvidence node) {
        Evidence evidence = new Evidence("test", "test", Evidences.END, Evidences.END, List.of(node), List.of());
        return new Profiler().profile(evidence).families();
    }

    private static List<CommandRate> commands(InfoWindow window) {
        List<String> names = window.last().fields().keySet().stream()
                .filter(field -> field.startsWith(COMMAND_STAT))
                .map(field -> field.substring(COMMAND_STAT.length()))
                .sorted()
                .toList();
        double totalMicros =
                names.stream().mapToDouble(name -> rate(window, name, "usec")).sum();
        return names.stream()
                .filter(name -> rate(window, name, "calls") > 0)
                .map(name -> new CommandRate(
                        name,
                        rate(window, name, "calls"),
                        rate(window, name, "usec") / rate(window, name, "calls"),
                        totalMicros == 0 ? 0 : rate(window, name, "usec") / totalMicros,
                        rate(window, name, "rejected_calls"),
                        rate(window, name, "failed_calls")))
                .sorted(Comparator.comparingDouble(CommandRate::serverTimeShare).reversed())
                .toList();
    }

    private static double rate(InfoWindow window, String command, String part) {
        return window.rate(COMMAND_STAT + command, part).orElse(0.0);
    }

    private static double busyShare(List<CommandRate> rates) {
        return rates.stream()
                .mapToDouble(rate -> rate.callsPerSecond() * rate.microsPerCall() / 1e6)
                .sum();
    }

    private static Reading<Double> hitRatio(InfoWindow window) {
        return window.growth("keyspace_hits")
                .flatMap(hits -> window.growth("keyspace_misses")
                        .flatMap(misses -> hits + misses == 0
                                ? Reading.unavailable(Reading.Cause.NOT_COLLECTED, "nothing was looked up")
                                : Reading.known((double) hits / (hits + misses))));
    }

    private static double share(List<CommandRate> rates, List<String> names) {
        double all = rates.stream().mapToDouble(CommandRate::callsPerSecond).sum();
        return rates.stream()
                        .filter(rate -> names.contains(rate.name()))
                        .mapToDouble(CommandRate::callsPerSecond)
                        .sum()
                / Math.max(all, 1e-9);
    }
}
