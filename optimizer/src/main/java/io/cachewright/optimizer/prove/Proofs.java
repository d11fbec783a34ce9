package io.cachewright.optimizer.prove;

import io.cachewright.optimizer.advice.Effect;
import io.cachewright.optimizer.prove.Proof.Comparison;
import io.cachewright.optimizer.recommend.Plan;
import io.cachewright.optimizer.recommend.Plan.Recommendation;
import java.util.List;
import java.util.Optional;

/// What the proofs mean for a plan.
public final class Proofs {

    private Proofs() {}

    /// The recommendations that their own proof contradicts: worse, or no difference large enough for what was
    /// expected. They are
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

    /// Whether a proof speaks against its recommendation. Finding no difference does only where the interval excludes
    /// all that was expected: a measurement too coarse to tell is no objection. Nor is it one that a change which
    /// protects from something no load shows, such as a wrong sum, makes nothing faster.
    public static boolean contradicts(Recommendation recommendation, Proof proof) {
        return switch (proof.verdict()) {
            case WORSE -> true;
            case NO_DIFFERENCE ->
                recommendation.remedy().expect().stream().allMatch(effect -> isExcluded(effect, proof));
            case IMPROVED, NOT_PROVABLE_HERE -> false;
        };
    }

    private static boolean isExcluded(Effect effect, Proof proof) {
        return switch (effect) {
            case Effect.Protection _ -> false;
            case Effect.Relative relative ->
                !relative.isGain()
                        || proof.comparisons().stream()
                                .filter(comparison -> comparison.metric() == relative.metric())
                                .anyMatch(comparison -> fallsShort(comparison, relative));
        };
    }

    private static boolean fallsShort(Comparison comparison, Effect.Relative expected) {
        return expected.metric().isMoreBetter()
                ? comparison.high() < Math.max(expected.low(), Judgement.SMALLEST_EFFECT)
                : comparison.low() > Math.min(expected.high(), -Judgement.SMALLEST_EFFECT);
    }
}
