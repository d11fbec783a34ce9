package io.cachewright.optimizer.diagnose;

import java.util.List;

/// Every verdict of every rule: what was found, what is fine, what has no meaning here, what could not be judged.
public record Diagnosis(List<Judgement> judgements) {

    /// One rule's verdict about one node.
    public record Judgement(RuleCard rule, String node, Verdict verdict) {}

    public Diagnosis {
        judgements = List.copyOf(judgements);
    }

    /// What was found, in the order of [#judgements()].
    public List<Verdict.Found> found() {
        return judgements.stream()
                .map(Judgement::verdict)
                .filter(Verdict.Found.class::isInstance)
                .map(Verdict.Found.class::cast)
                .toList();
    }
}
