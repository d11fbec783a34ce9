package io.cachewright.optimizer.recommend;

import io.cachewright.optimizer.advice.Change;
import io.cachewright.optimizer.advice.Effect;
import io.cachewright.optimizer.advice.Experiment;
import io.cachewright.optimizer.advice.Practice;
import io.cachewright.optimizer.advice.Remedy;
import io.cachewright.optimizer.diagnose.Diagnosis;
import io.cachewright.optimizer.diagnose.Finding;
import io.cachewright.optimizer.diagnose.RuleCard;
import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Topic;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.requirements.Requirements.Objective;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Findings and remedies by hand, in as few words as a test needs.
final class Advised {

    static final String NODE = "127.0.0.1:6379";

    private Advised() {}

    static Diagnosis diagnosis(Verdict.Found... found) {
        return new Diagnosis(Arrays.stream(found)
                .map(verdict -> new Diagnosis.Judgement(
                        new RuleCard(
                                verdict.finding().ruleId(),
                                verdict.finding().title(),
                                verdict.finding().topic(),
                                RuleCard.Scope.EVERY_NODE,
                                Set.of(),
                                "why",
                                List.of()),
                        verdict.finding().node(),
                        verdict))
                .toList());
    }

    static Verdict.Found found(String ruleId, Severity severity, Remedy... remedies) {
        return foundOn(NODE, ruleId, severity, remedies);
    }

    static Verdict.Found foundOn(String node, String ruleId, Severity severity, Remedy... remedies) {
        return new Verdict.Found(
                new Finding(
                        ruleId,
                        "finding of " + ruleId,
                        Topic.PERSISTENCE,
                        severity,
                        Set.of(),
                        List.of(new Finding.Observation("1", "INFO")),
                        node,
                        List.of()),
                List.of(remedies));
    }

    static Change set(String name, String oldValue, String newValue) {
        return setOn(NODE, name, oldValue, newValue);
    }

    static Change setOn(String node, String name, String oldValue, String newValue) {
        return new Change.SetParameter(node, name, oldValue, newValue, Change.Restart.NOT_NEEDED);
    }

    static Change client(Practice practice) {
        return new Change.ChangeClient(practice, "today", "tomorrow");
    }

    static Set<Objective> objectives(Objective... objectives) {
        EnumSet<Objective> set = EnumSet.noneOf(Objective.class);
        set.addAll(List.of(objectives));
        return set;
    }

    static Remedy remedy(String id, Set<Objective> serves, Set<Objective> harms, Change... changes) {
        return remedy(id, Remedy.Risk.Level.LOW, serves, harms, changes);
    }

    static Remedy remedy(
            String id, Remedy.Risk.Level risk, Set<Objective> serves, Set<Objective> harms, Change... changes) {
        return new Remedy(
                id,
                "Do " + id,
                List.of(changes),
                "because",
                List.of(new Effect.Protection("safe")),
                new Remedy.Risk(risk, "risk"),
                "cost",
                serves,
                harms,
                new Experiment.NotProvable("a test"));
    }
}
