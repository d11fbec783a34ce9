package io.cachewright.optimizer.diagnose;

/// One judgement about a deployment: one file, one idea, no state. Registered with `@AutoService(Rule.class)`.
///
/// Thresholds come from the situation (the requirements, the measured window, the engine and version). The same
/// situation always gets the same verdict.
public interface Rule {

    RuleCard card();

    /// Judges one node. Reading evidence through [Situation] is enough to get *unknown* right: a missing value throws
    /// [EvidenceMissing], which the diagnoser turns into [Verdict.Unknown].
    Verdict judge(Situation situation);
}
