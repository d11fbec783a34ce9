package io.cachewright.app;

import io.cachewright.optimizer.Optimizer;
import io.cachewright.optimizer.evidence.ServerConfig;
import io.cachewright.optimizer.prove.Prover;
import io.cachewright.optimizer.prove.ShadowModel;
import io.cachewright.optimizer.prove.Trial;
import io.cachewright.optimizer.prove.Trials;
import io.cachewright.optimizer.report.Report;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/// How recommendations are measured.
final class ProofOptions {

    @Option(names = "--no-proof", description = "Leave the measuring out.")
    private boolean isOff;

    @Option(
            names = "--proof-budget",
            paramLabel = "DURATION",
            defaultValue = "75s",
            converter = DurationConverter.class,
            description = "How long all measuring may take together (default: ${DEFAULT-VALUE}).")
    private Duration budget = Duration.ofSeconds(75);

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "Decides which side of a pair goes first (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    Report prove(Report planned, Optimizer optimizer, ShadowModel model, Narrator narrator) {
        if (isOff || planned.plan().recommendations().isEmpty()) {
            return planned;
        }
        narrator.say("measuring " + planned.plan().recommendations().size()
                + " recommendations on shadow servers, at most " + budget.toSeconds() + " s");
        Map<String, String> parameters = planned.evidence()
                .primary()
                .config()
                .map(ServerConfig::parameters)
                .orElse(Map.of());
        List<Trial> trials =
                Trials.oftenAdvised(parameters, Runtime.getRuntime().availableProcessors());
        return optimizer.prove(planned, new Prover(budget, seed, narrator::say), trials, model);
    }
}
