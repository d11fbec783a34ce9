package io.cachewright.app;

import io.cachewright.optimizer.prove.ShadowModel;
import io.cachewright.optimizer.report.Renderer;
import io.cachewright.optimizer.report.Report;
import io.cachewright.optimizer.report.ReportView;
import io.cachewright.optimizer.report.Reporter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `prove`: the plan, each recommendation measured; nothing is written but the result.
@Command(
        name = "prove",
        mixinStandardHelpOptions = true,
        description = "Plans, and measures each recommendation on shadow servers on this machine.",
        footer = {"", "Example:", "  cachewright prove evidence.zip --proof-budget 5m -o json > proved.json"})
final class ProveCommand extends StageCommand {

    @Mixin
    private RequirementsOption requirements = new RequirementsOption();

    @Mixin
    private ProofOptions proving = new ProofOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    @Mixin
    private FailOnOption failOn = new FailOnOption();

    ProveCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    public Integer call() {
        requirements.requirements();
        Report planned = planned(evidence(), requirements);
        ReportView view = Reporter.report(
                proving.prove(planned, optimizer(), ShadowModel.of(planned.evidence(), planned.profile()), narrator));
        console().result(Renderer.render(view, output.format(), console().colours()));
        return failOn.status(view).code();
    }
}
