package io.cachewright.app;

import io.cachewright.domain.InvalidInput;
import io.cachewright.optimizer.Optimizer;
import io.cachewright.optimizer.connect.Target;
import io.cachewright.optimizer.evidence.Evidence;
import io.cachewright.optimizer.report.Report;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/// What the verbs that look at a target share.
abstract class StageCommand implements Callable<Integer> {

    final Surroundings surroundings;
    final Narrator narrator;
    final Optimizer optimizer = new Optimizer();

    @Mixin
    TargetArgument target = new TargetArgument();

    StageCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.narrator = new Narrator(surroundings.console());
    }

    Console console() {
        return surroundings.console();
    }

    Evidence evidence() {
        return target.evidence(requiredTarget(), surroundings, narrator);
    }

    Report planned(Evidence evidence, RequirementsOption requirements) {
        narrator.say("judging and planning");
        return optimizer.plan(evidence, requirements.requirements());
    }

    /// What was given, told apart by its content.
    Input input() {
        return Input.of(target.text().orElseThrow(StageCommand::missing));
    }

    private Target requiredTarget() {
        return target.target().orElseThrow(StageCommand::missing);
    }

    private static InvalidInput missing() {
        return new InvalidInput(
                "TARGET", List.of("is missing; give a URI, host:port or a file, or set CACHEWRIGHT_TARGET"));
    }
}
