package io.cachewright.optimizer.prove;

import io.cachewright.optimizer.advice.Effect.Metric;
import io.cachewright.optimizer.advice.Experiment.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Changes that checklists advise for any server, tried on this one. Whether they help here, the measurement says.
public final class Trials {

    /// Advised in many a checklist for anything that is slow.
    private static final int LISTPACK_ENTRIES = 8_192;

    private static final int HZ = 500;

    private Trials() {}

    /// Those that would change something on a server with these parameters.
    ///
    /// @param parameters of the target, by their lower-case names
    /// @param cores of the machine that the shadow runs on
    public static List<Trial> oftenAdvised(Map<String, String> parameters, int cores) {
        List<Trial> trials = new ArrayList<>();
        add(
                trials,
                parameters,
                "io-threads",
                Integer.toString(2 * cores),
                "more I/O threads than cores serve more clients",
                List.of(Metric.THROUGHPUT, Metric.P99));
        add(
                trials,
                parameters,
                "hash-max-listpack-entries",
                Integer.toString(LISTPACK_ENTRIES),
                "a higher listpack limit saves memory in large hashes",
                List.of(Metric.MEMORY));
        add(
                trials,
                parameters,
                "hz",
                Integer.toString(HZ),
                "a higher hz makes the server more responsive",
                List.of(Metric.P99));
        add(
                trials,
                parameters,
                "activerehashing",
                "no",
                "rehashing off takes work off the server",
                List.of(Metric.P99, Metric.SERVER_TIME));
        return List.copyOf(trials);
    }

    private static void add(
            List<Trial> trials,
            Map<String, String> parameters,
            String name,
            String value,
            String claim,
            List<Metric> claims) {
        if (!value.equals(parameters.get(name))) {
            trials.add(new Trial("trial/" + name + "-" + value, claim, new Parameters(Map.of(name, value)), claims));
        }
    }
}
