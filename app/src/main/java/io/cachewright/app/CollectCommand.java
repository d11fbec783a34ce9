package io.cachewright.app;

import io.cachewright.optimizer.bundle.EvidenceBundle;
import io.cachewright.optimizer.evidence.Evidence;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `collect`: the evidence, saved to one bundle file.
@Command(
        name = "collect",
        mixinStandardHelpOptions = true,
        description =
                "Reads a live server, within a budget and without changing it, and saves the evidence to one file.",
        footer = {"", "Example:", "  cachewright collect redis://cache:6379 --window 60s -f monday-open.zip"})
final class CollectCommand extends StageCommand {

    @Option(
            names = {"-f", "--file"},
            paramLabel = "BUNDLE",
            defaultValue = "evidence.zip",
            description = "Where the bundle goes (default: ${DEFAULT-VALUE}).")
    private Path file = Path.of("evidence.zip");

    CollectCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    public Integer call() {
        Evidence evidence = evidence();
        EvidenceBundle.write(evidence, file);
        long commands =
                evidence.probes().stream().mapToLong(probe -> probe.calls()).sum();
        narrator.say("read " + evidence.nodes().size() + " server(s) with " + commands + " commands");
        console().result(file + "\n");
        return ExitStatus.FINE.code();
    }
}
