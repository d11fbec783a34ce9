package io.cachewright.optimizer.report;

import io.cachewright.optimizer.diagnose.Diagnosis;
import io.cachewright.optimizer.evidence.Evidence;
import io.cachewright.optimizer.profile.WorkloadProfile;
import io.cachewright.optimizer.prove.Proof;
import io.cachewright.optimizer.recommend.Plan;
import io.cachewright.optimizer.requirements.Requirements;
import java.util.List;

/// The whole result, ready to be rendered.
///
/// @param proofs of recommendations, and of changes that are often advised and were put through the same trial
public record Report(
        Evidence evidence,
        Requirements requirements,
        WorkloadProfile profile,
        Diagnosis diagnosis,
        Plan plan,
        List<Proof> proofs) {

    public Report {
        proofs = List.copyOf(proofs);
    }
}
