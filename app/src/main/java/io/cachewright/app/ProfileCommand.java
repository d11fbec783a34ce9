package io.cachewright.app;

import io.cachewright.optimizer.report.Renderer;
import io.cachewright.optimizer.report.ReportView;
import io.cachewright.optimizer.report.Reporter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `profile`: what a deployment does, without any judgement.
@Command(
        name = "profile",
        mixinStandardHelpOptions = true,
        description = "What a deployment does: key families, command rates, hit ratio, bytes; without any judgement.",
        footer = {"", "Example:", "  cachewright profile evidence.zip -o json"})
final class ProfileCommand extends StageCommand {

    @Mixin
    private RequirementsOption requirements = new RequirementsOption();

    @Mixin
    private OutputOption output = new OutputOption();

    @Mixin
    private FailOnOption failOn = new FailOnOption();

    ProfileCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    public Integer call() {
        requirements.requirements();
        ReportView view = Reporter.report(planned(evidence(), requirements)).profileOnly();
        console().result(Renderer.render(view, output.format(), console().colours()));
        return failOn.status(view).code();
    }
}
