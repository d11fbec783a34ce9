package io.cachewright.app;

import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.report.ReportView;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// `--fail-on`: from which severity on a finding makes the run exit with 1.
final class FailOnOption {

    /// The severities, and never.
    enum Level {
        INFO(Severity.INFO),
        LOW(Severity.LOW),
        MEDIUM(Severity.MEDIUM),
        HIGH(Severity.HIGH),
        CRITICAL(Severity.CRITICAL),
        NEVER(null);

        private final @Nullable Severity least;

        Level(@Nullable Severity least) {
            this.least = least;
        }

        boolean isReachedBy(Severity severity) {
            return least != null && severity.compareTo(least) >= 0;
        }
    }

    @Option(
            names = "--fail-on",
            paramLabel = "LEVEL",
            defaultValue = "${env:CACHEWRIGHT_FAIL_ON:-never}",
            description =
                    "Exit with 1 when a finding is at least this severe: ${COMPLETION-CANDIDATES} (default: never).")
    private Level level = Level.NEVER;

    ExitStatus status(ReportView view) {
        boolean fails = Stream.concat(
                        view.recommendations().stream().map(ReportView.Recommendation::severity),
                        view.notes().stream().map(ReportView.Note::severity))
                .anyMatch(level::isReachedBy);
        return fails ? ExitStatus.FINDINGS : ExitStatus.FINE;
    }
}
