package io.cachewright.app;

import io.cachewright.domain.InvalidInput;
import io.cachewright.optimizer.Optimizer;
import io.cachewright.optimizer.connect.Target;
import io.cachewright.optimizer.diagnose.Diagnosis.Judgement;
import io.cachewright.optimizer.evidence.Evidence;
import io.cachewright.optimizer.offline.CaptureFindings;
import io.cachewright.optimizer.offline.SnapshotEvidence;
import io.cachewright.optimizer.report.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/// What the verbs that look at a target share.
abstract class StageCommand implements Callable<Integer> {

    final Surroundings surroundings;
    final Narrator narrator;

    @Mixin
    TargetArgument target = new TargetArgument();

    StageCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.narrator = new Narrator(surroundings.console());
    }

    Console console() {
        return surroundings.console();
    }

    /// With every rule there is; most verbs need none.
    static Optimizer optimizer() {
        return new Optimizer();
    }

    Evidence evidence() {
        return target.evidence(requiredTarget(), surroundings, narrator);
    }

    Report planned(Evidence evidence, RequirementsOption requirements) {
        return planned(evidence, List.of(), requirements);
    }

    private Report planned(Evidence evidence, List<Judgement> further, RequirementsOption requirements) {
        narrator.say("judging and planning");
        return optimizer().plan(evidence, further, requirements.requirements());
    }

    /// What is wrong and what to change, with whatever was given: a server, a bundle, a snapshot or a capture.
    Report judged(RequirementsOption requirements) throws IOException {
        return switch (input()) {
            case Input.Live _, Input.Bundle _ -> planned(evidence(), requirements);
            case Input.Snapshot(Path file, var _) -> {
                ReadingProgress progress = new ReadingProgress(narrator, "reading " + file);
                narrator.say("reading " + file);
                yield planned(
                        SnapshotEvidence.of(
                                file, new SnapshotEvidence.Settings(target.keysMax(), Version.text(), progress::at)),
                        requirements);
            }
            case Input.Capture(Path file) -> {
                CaptureFindings found =
                        CaptureFindings.of(CaptureFiles.open(file, narrator), file.toString(), Version.text());
                yield planned(found.evidence(), found.judgements(), requirements);
            }
            case Input.Accesses(Path file) ->
                throw new InvalidInput(
                        file.toString(),
                        List.of("is an access trace, which tells neither commands nor values, so that nothing in it can"
                                + " be wrong; `cachewright profile` and `size` read it"));
        };
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
