package io.cachewright.optimizer.prove;

import io.cachewright.optimizer.advice.Effect;
import io.cachewright.optimizer.recommend.Plan;
import io.cachewright.optimizer.recommend.Plan.Recommendation;
import java.util.List;
import java.util.Optional;

/// What the proofs mean for a plan.
public final class Proofs {

    private Proofs() {}

    /// The recommendations that their own proof contradicts: worse, or no difference where one was expected. They are
    /// still shown, as withdrawn.
    public static List<Recommendation> withdrawn(Plan plan, List<Proof> proofs) {
        return plan.recommendations().stream()
                .filter(recommendation -> of(recommendation, proofs)
                        .filter(proof -> contradicts(recommendation, proof))
                        .isPresent())
                .toList();
    }

    /// The proof of a recommendation; empty when the time did not suffice for it.
    public static Optional<Proof> of(Recommendation recommendation, List<Proof> proofs) {
        return proofs.stream()
                .filter(proof -> proof.recommendation().equals(recommendation.id()))
                .findFirst();
    }

    /// Whether a proof speaks against its recommendation. Where a change protects from something that no load shows,
    /// such
    /// as a wrong sum, it is no objection that it makes nothing faster.
    public static boolean contradicts(Recommendation recommendation, Proof proof) {
        return switch (proof.verdict()) {
            case WORSE -> true;
            case NO_DIFFERENCE ->
                recommendation.remedy().expect().stream().noneMatch(Effect.Protection.class::isInstance);
            case IMPROVED, NOT_PROVABLE_HERE -> false;
        };
    }
}
