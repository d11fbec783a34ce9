package io.cachewright.optimizer;

import io.cachewright.optimizer.diagnose.Diagnoser;
import io.cachewright.optimizer.diagnose.Diagnoses;
import io.cachewright.optimizer.diagnose.Diagnosis;
import io.cachewright.optimizer.diagnose.Diagnosis.Judgement;
import io.cachewright.optimizer.evidence.Evidence;
import io.cachewright.optimizer.profile.Profiler;
import io.cachewright.optimizer.profile.WorkloadProfile;
import io.cachewright.optimizer.prove.Proof;
import io.cachewright.optimizer.prove.Prover;
import io.cachewright.optimizer.prove.ShadowModel;
import io.cachewright.optimizer.prove.Trial;
import io.cachewright.optimizer.recommend.Plan;
import io.cachewright.optimizer.recommend.PlausibleAnswers;
import io.cachewright.optimizer.recommend.Recommender;
import io.cachewright.optimizer.report.Report;
import io.cachewright.optimizer.requirements.Requirements;
import java.util.List;

/// The path from evidence to a proved plan. [#plan] is pure: the same evidence and requirements give the same report,
/// whether the evidence was just read from a server or comes from a bundle.
public final class Optimizer {

    private final Profiler profiler = new Profiler();
    private final Diagnoser diagnoser = Diagnoser.withInstalledRules();
    private final Recommender recommender = new Recommender();

    /// What is wrong and what to change, without measuring anything.
    public Report plan(Evidence evidence, Requirements requirements) {
        return plan(evidence, List.of(), requirements);
    }

    /// The same with what was judged elsewhere, as in a capture of commands.
    public Report plan(Evidence evidence, List<Judgement> further, Requirements requirements) {
        WorkloadProfile profile = profiler.profile(evidence);
        Diagnoses diagnoses = diagnoser.over(evidence, profile).with(further);
        Diagnosis diagnosis = diagnoses.under(requirements);
        Plan plan = recommender.recommend(diagnoses::under, requirements, PlausibleAnswers.scaledTo(profile));
        return new Report(evidence, requirements, profile, diagnosis, plan, List.of());
    }

    /// The same plan with each recommendation measured, and each trial beside them.
    public Report prove(Report planned, Prover prover, List<Trial> trials, ShadowModel model) {
        List<Proof> proofs = prover.prove(planned.plan(), trials, model);
        return new Report(
                planned.evidence(),
                planned.requirements(),
                planned.profile(),
                planned.diagnosis(),
                planned.plan(),
                proofs);
    }
}
