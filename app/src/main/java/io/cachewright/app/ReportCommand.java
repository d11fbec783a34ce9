package io.cachewright.app;

import io.cachewright.optimizer.report.JsonReport;
import io.cachewright.optimizer.report.Renderer;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `report`: a saved JSON report, rendered again.
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = "Renders a saved JSON report as text, HTML or JSON.",
        footer = {"", "Example:", "  cachewright report cachewright-out/report.json -o html > report.html"})
final class ReportCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(paramLabel = "REPORT", description = "A JSON report, as `optimize` and `plan -o json` write it.")
    private Path file = Path.of("");

    @Mixin
    private OutputOption output = new OutputOption();

    ReportCommand(Surroundings surroundings) {
        this.console = surroundings.console();
    }

    @Override
    public Integer call() {
        console.result(Renderer.render(
                JsonReport.read(InputFiles.text(file), file.toString()), output.format(), console.colours()));
        return ExitStatus.FINE.code();
    }
}
