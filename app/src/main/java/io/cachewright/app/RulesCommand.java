package io.cachewright.app;

import io.cachewright.optimizer.diagnose.Diagnoser;
import io.cachewright.optimizer.diagnose.RuleCard;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `rules`: the catalogue.
@Command(
        name = "rules",
        mixinStandardHelpOptions = true,
        description = "Lists every rule: what it looks for, why it matters, the evidence it needs.",
        footer = {"", "Example:", "  cachewright rules --long"})
final class RulesCommand implements Callable<Integer> {

    private final Console console;

    @Option(
            names = {"-l", "--long"},
            description = "Also say why, what evidence is needed, and the sources.")
    private boolean isLong;

    RulesCommand(Surroundings surroundings) {
        this.console = surroundings.console();
    }

    @Override
    public Integer call() {
        console.result(Diagnoser.withInstalledRules().rules().stream()
                .map(rule -> isLong ? inFull(rule.card()) : line(rule.card()))
                .collect(Collectors.joining()));
        return ExitStatus.FINE.code();
    }

    private static String line(RuleCard card) {
        return String.format("%-10s %-17s %s%n", card.id(), card.topic().label(), card.title());
    }

    private static String inFull(RuleCard card) {
        return line(card)
                + "           " + card.why() + "\n"
                + "           needs "
                + card.needs().stream().sorted().map(String::valueOf).collect(Collectors.joining(", "))
                + "; sources: " + String.join("; ", card.sources()) + "\n\n";
    }
}
