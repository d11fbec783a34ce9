package io.cachewright.app;

import io.cachewright.optimizer.report.Renderer;
import io.cachewright.optimizer.report.ReportView;
import io.cachewright.optimizer.report.Reporter;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `diagnose`: what is wrong, and what was checked and is fine; without advice.
@Command(
        name = "diagnose",
        mixinStandardHelpOptions = true,
        description = {
            "What is wrong, and what was checked and is fine; without advice.",
            "",
            "Of an RDB file or an append-only file the keys are judged, of MONITOR output or a packet capture the"
                    + " commands; what a file does not tell is unknown, and listed."
        },
        footer = {
            "",
            "Examples:",
            "  cachewright diagnose redis://cache:6379 --fail-on high",
            "  cachewright diagnose dump.rdb",
            "  cachewright diagnose open.pcap --fail-on high"
        })
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
    public Integer call() throws IOException {
        requirements.requirements();
        ReportView view = Reporter.diagnosis(judged(requirements));
        console().result(Renderer.render(view, output.format(), console().colours()));
        return failOn.status(view).code();
    }
}
