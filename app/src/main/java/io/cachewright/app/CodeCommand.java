package io.cachewright.app;

import io.cachewright.optimizer.advice.Practice;
import io.cachewright.optimizer.code.CodeSnippets;
import io.cachewright.optimizer.code.Language;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `code`: how a practice is written.
@Command(
        name = "code",
        mixinStandardHelpOptions = true,
        description = "Shows how a practice is written in one language; without a practice, lists them.",
        footer = {"", "Example:", "  cachewright code BOOK_DELTAS --language python"})
final class CodeCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(arity = "0..1", paramLabel = "PRACTICE", description = "One of the practices that reports name.")
    private @Nullable Practice practice;

    @Option(
            names = {"-l", "--language"},
            paramLabel = "LANGUAGE",
            defaultValue = "java",
            description = "${COMPLETION-CANDIDATES} (default: java).")
    private Language language = Language.JAVA;

    CodeCommand(Surroundings surroundings) {
        this.console = surroundings.console();
    }

    @Override
    public Integer call() {
        console.result(practice == null ? list() : CodeSnippets.forPractice(practice, language));
        return ExitStatus.FINE.code();
    }

    private static String list() {
        return Arrays.stream(Practice.values())
                .map(each -> String.format("%-22s %s%n", each, each.label()))
                .collect(Collectors.joining());
    }
}
