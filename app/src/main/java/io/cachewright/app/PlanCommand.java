package io.cachewright.app;

import io.cachewright.optimizer.report.Renderer;
import io.cachewright.optimizer.report.ReportView;
import io.cachewright.optimizer.report.Reporter;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `plan`: what to change, without measuring.
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description = "What is wrong and exactly what to change, without measuring anything.",
        footer = {
            "",
            "Examples:",
            "  cachewright plan evidence.zip --requirements trading.yaml",
            "  cachewright plan redis://cache:6379 --set rpo=0s -o html > plan.html",
            "  cachewright plan dump.rdb"
        })
final class PlanCommand extends StageCommand {

    @Mixin
    private RequirementsOption requirements = new RequirementsOption();

    @Mixin
    private OutputOption output = new OutputOption();

    @Mixin
    private FailOnOption failOn = new FailOnOption();

    PlanCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    public Integer call() throws IOException {
        requirements.requirements();
        ReportView view = Reporter.report(judged(requirements));
        console().result(Renderer.render(view, output.format(), console().colours()));
        return failOn.status(view).code();
    }
}
