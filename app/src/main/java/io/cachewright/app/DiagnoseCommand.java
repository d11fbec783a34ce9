package io.cachewright.app;

import io.cachewright.optimizer.report.Renderer;
import io.cachewright.optimizer.report.ReportView;
import io.cachewright.optimizer.report.Reporter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `diagnose`: what is wrong, and what was checked and is fine; without advice.
@Command(
        name = "diagnose",
        mixinStandardHelpOptions = true,
        description = "What is wrong, and what was checked and is fine; without advice.",
        footer = {"", "Example:", "  cachewright diagnose redis://cache:6379 --fail-on high"})
final class DiagnoseCommand extends StageCommand {

    @Mixin
    private RequirementsOption requirements = new RequirementsOption();

    @Mixin
    private OutputOption output = new OutputOption();

    @Mixin
    private FailOnOption failOn = new FailOnOption();

    DiagnoseCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    public Integer call() {
        requirements.requirements();
        ReportView view = Reporter.report(planned(evidence(), requirements)).diagnosisOnly();
        console().result(Renderer.render(view, output.format(), console().colours()));
        return failOn.status(view).code();
    }
}
