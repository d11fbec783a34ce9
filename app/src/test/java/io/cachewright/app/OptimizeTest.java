package io.cachewright.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.cachewright.lab.market.Recordings;
import io.cachewright.lab.scenario.HealthyDeployment;
import io.cachewright.lab.scenario.MarketOpen;
import io.cachewright.lab.scenario.PlantedMistake;
import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.report.JsonReport;
import io.cachewright.optimizer.report.ReportView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OptimizeTest {

    /// About half of what the load sends where nothing else runs.
    private static final double OPS_PER_SECOND_MIN = 1_100;

    @TempDir
    private Path directory;

    @Test
    void everyMistakeOfTheBuiltInLoadIsFoundLiveAndFromTheBundle() throws IOException {
        CommandLineRun run = CommandLineRun.of(
                "optimize", "--no-proof", "--out", directory.resolve("out").toString());

        assertThat(run.status()).as(run.err()).isZero();
        ReportView view = report(directory.resolve("out"));
        theBundleGivesTheSameReport(directory.resolve("out"), view);
        assumeThat(view.probes())
                .as("the machine is too busy to look at every key in time")
                .filteredOn(probe -> probe.tier().equals("key inspection"))
                .allSatisfy(probe -> assertThat(probe.outcome()).isEqualTo("ran"));
        assumeThat(view.profile().opsPerSecond())
                .as("the machine is too busy to play the load at about its rate, by which some mistakes show")
                .isGreaterThan(OPS_PER_SECOND_MIN);
        Set<String> found = view.coverage().stream()
                .filter(checked -> checked.verdict().equals("found"))
                .map(ReportView.Checked::rule)
                .collect(Collectors.toSet());
        List<PlantedMistake> planted = MarketOpen.synthetic(1).planted();
        assertThat(planted).hasSizeGreaterThanOrEqualTo(12);
        assertThat(planted.stream().map(PlantedMistake::group).distinct()).hasSizeGreaterThanOrEqualTo(5);
        assertThat(found)
                .containsAll(planted.stream()
                        .map(PlantedMistake::id)
                        .filter(OptimizeTest::isPlantedHere)
                        .map(OptimizeTest::ruleThatFinds)
                        .collect(Collectors.toSet()));
    }

    @Test
    void nothingAboveInfoIsFoundOnAHealthyDeploymentUnderAHealthyLoad() throws IOException {
        HealthyDeployment scenario = HealthyDeployment.withSeed(7);
        try (BuiltInDeployment deployment = BuiltInDeployment.start(scenario)) {
            String password = deployment.credentials().orElseThrow().password();
            CommandLineRun run = CommandLineRun.in(
                    Map.of("CACHEWRIGHT_PASSWORD", password),
                    "plan",
                    deployment.target().toString(),
                    "-o",
                    "json");

            assertThat(run.status()).as(run.err()).isZero();
            ReportView view = JsonReport.read(run.out(), "report");
            assertThat(view.recommendations().stream().filter(OptimizeTest::isOfTheDeployment))
                    .allSatisfy(recommendation -> assertThat(recommendation.severity())
                            .as(recommendation.finding() + ": " + recommendation.seen())
                            .isEqualTo(Severity.INFO));
            assertThat(view.notes())
                    .allSatisfy(note -> assertThat(note.severity())
                            .as(note.title() + ": " + note.seen())
                            .isEqualTo(Severity.INFO));
            assertThat(run.out() + run.err()).doesNotContain(password);
        }
    }

    private static void theBundleGivesTheSameReport(Path directory, ReportView live) {
        CommandLineRun again =
                CommandLineRun.of("plan", directory.resolve("evidence.zip").toString(), "-o", "json");
        assertThat(again.status()).as(again.err()).isZero();
        assertThat(JsonReport.read(again.out(), "again")).isEqualTo(live);
    }

    /// A setting of the machine that runs this test is no fault of the deployment.
    private static boolean isOfTheDeployment(ReportView.Recommendation recommendation) {
        return recommendation.changes().stream()
                .anyMatch(change -> !change.kind().equals("host"));
    }

    /// Books of the recording grow beyond the planted listpack limit, and are then no listpacks any more.
    private static boolean isPlantedHere(String planted) {
        return !planted.equals("MEM-17") || Recordings.find().isEmpty();
    }

    /// Two rules of the catalogue are judged by one: a big collection of any type is KEY-02.
    private static String ruleThatFinds(String planted) {
        return switch (planted) {
            case "KEY-03", "KEY-05" -> "KEY-02";
            default -> planted;
        };
    }

    private static ReportView report(Path directory) throws IOException {
        Path file = directory.resolve("report.json");
        return JsonReport.read(Files.readString(file), file.toString());
    }
}
