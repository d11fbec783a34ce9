package io.cachewright.app;

import io.cachewright.lab.market.Recordings;
import io.cachewright.lab.scenario.MarketOpen;
import io.cachewright.lab.scenario.Scenario;
import io.cachewright.optimizer.collect.CollectionPlan;
import io.cachewright.optimizer.collect.Collector;
import io.cachewright.optimizer.connect.Session;
import io.cachewright.optimizer.connect.Target;
import io.cachewright.optimizer.evidence.Evidence;
import io.cachewright.optimizer.prove.ShadowModel;
import io.cachewright.optimizer.report.Renderer;
import io.cachewright.optimizer.report.Report;
import io.cachewright.optimizer.report.ReportView;
import io.cachewright.optimizer.report.Reporter;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `optimize`: the whole path. Without a target it brings up its own server under a load with the usual mistakes.
@Command(
        name = "optimize",
        mixinStandardHelpOptions = true,
        description = {
            "The whole path: collect, profile, diagnose, plan, prove, report.",
            "Without a TARGET, an embedded server under a built-in market-open load with the usual mistakes is optimized."
        },
        footer = {
            "",
            "Examples:",
            "  cachewright optimize",
            "  cachewright optimize redis://cache.internal:6379 --window 60s --set rpo=1s",
            "  cachewright optimize rediss://ops@cache.internal:6380 -o json --fail-on high"
        })
final class OptimizeCommand extends StageCommand {

    private static final long SEED = 20_260_420L;

    /// Nobody is hurt on the built-in server, and the reader waits: look faster.
    private static final double BUSY_SHARE_OF_OWN_SERVER = 0.5;

    private static final int KEYS_OF_OWN_SERVER = 6_000;

    private static final long COMMANDS_OF_OWN_SERVER = 1_000_000;

    private static final long BYTES_OF_OWN_SERVER = 1L << 30;

    private static final Duration LOOK_AT_OWN_SERVER = Duration.ofSeconds(25);

    @Mixin
    private RequirementsOption requirements = new RequirementsOption();

    @Mixin
    private ProofOptions proving = new ProofOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    @Mixin
    private FailOnOption failOn = new FailOnOption();

    @Option(
            names = {"-d", "--out"},
            paramLabel = "DIRECTORY",
            defaultValue = "${env:CACHEWRIGHT_OUT:-cachewright-out}",
            description = "Where report, evidence and scripts go (default: cachewright-out).")
    private Path directory = Path.of("cachewright-out");

    OptimizeCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    public Integer call() {
        requirements.requirements();
        Report report = target.target().isPresent() ? ofTarget() : ofBuiltInLoad();
        ReportView view = Reporter.report(report);
        OutputDirectory files = new OutputDirectory(directory);
        files.write(report, view);
        console().result(Renderer.render(view, output.format(), console().colours()));
        narrator.say(
                "written to " + directory + ": report.html, report.json, report.txt, evidence.zip, apply.sh, undo.sh");
        return failOn.status(view).code();
    }

    private Report ofTarget() {
        Report planned = planned(evidence(), requirements);
        return proving.prove(planned, optimizer(), ShadowModel.of(planned.evidence(), planned.profile()), narrator);
    }

    private Report ofBuiltInLoad() {
        Scenario scenario = Recordings.find().map(MarketOpen::replaying).orElseGet(() -> MarketOpen.synthetic(SEED));
        narrator.say("no target: " + scenario.description());
        Evidence evidence = watched(scenario);
        Report planned = planned(evidence, requirements);
        ShadowModel model = ShadowModel.of(evidence, scenario::fill, scenario.workload(), scenario.name());
        return proving.prove(planned, optimizer(), model, narrator);
    }

    /// The scenario's server is gone again before anything is measured.
    private Evidence watched(Scenario scenario) {
        try (BuiltInDeployment deployment = BuiltInDeployment.start(scenario)) {
            Target.Live live = deployment.target();
            narrator.say("started " + deployment.version() + " at " + live + ", filled, under load");
            try (Session session = TargetArgument.connect(live, surroundings)) {
                return new Collector().collect(session, planForOwnServer(), TargetArgument.progress(narrator));
            }
        }
    }

    private CollectionPlan planForOwnServer() {
        return target.plan()
                .withKeysMax(KEYS_OF_OWN_SERVER)
                .withBudget(COMMANDS_OF_OWN_SERVER, BYTES_OF_OWN_SERVER, LOOK_AT_OWN_SERVER)
                .withBusyShareMax(BUSY_SHARE_OF_OWN_SERVER);
    }
}
