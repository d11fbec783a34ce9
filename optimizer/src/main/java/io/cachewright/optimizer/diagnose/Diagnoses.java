package io.cachewright.optimizer.diagnose;

import io.cachewright.optimizer.diagnose.Diagnosis.Judgement;
import io.cachewright.optimizer.evidence.Evidence;
import io.cachewright.optimizer.profile.WorkloadProfile;
import io.cachewright.optimizer.requirements.Requirements;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The same evidence judged under any number of requirements, as when every plausible answer is tried: a verdict that
/// did not look at the requirements is reached once. For one thread at a time.
public final class Diagnoses {

    private final Evidence evidence;
    private final WorkloadProfile profile;
    private final List<Case> cases;
    private final List<Judgement> further;

    Diagnoses(Evidence evidence, WorkloadProfile profile, List<Case> cases, List<Judgement> further) {
        this.evidence = evidence;
        this.profile = profile;
        this.cases = List.copyOf(cases);
        this.further = List.copyOf(further);
    }

    /// The same with judgements that hold under all requirements.
    public Diagnoses with(List<Judgement> settled) {
        return new Diagnoses(evidence, profile, cases, settled);
    }

    /// The diagnosis under these requirements: what [Diagnoser#diagnose] gives.
    public Diagnosis under(Requirements requirements) {
        Stream<Judgement> judged = cases.stream()
                .map(one -> one.judgement(new Situation(evidence, one.question.node(), profile, requirements)));
        return new Diagnosis(
                Stream.concat(judged, further.stream()).sorted(Diagnoser.ORDER).toList());
    }

    /// One rule about one node, with its verdict once that is known to hold under all requirements.
    static final class Case {

        private final Diagnoser.Question question;
        private @Nullable Judgement settled;

        Case(Diagnoser.Question question) {
            this.question = question;
        }

        Judgement judgement(Situation situation) {
            Judgement known = settled;
            if (known != null) {
                return known;
            }
            Judgement judgement = question.judge(situation);
            if (!situation.hasToldRequirements()) {
                settled = judgement;
            }
            return judgement;
        }
    }
}
