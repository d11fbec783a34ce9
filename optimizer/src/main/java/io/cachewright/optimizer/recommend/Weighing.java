package io.cachewright.optimizer.recommend;

import io.cachewright.optimizer.advice.Change;
import io.cachewright.optimizer.advice.Effect;
import io.cachewright.optimizer.advice.Remedy;
import io.cachewright.optimizer.diagnose.Finding;
import io.cachewright.optimizer.requirements.Requirements;
import io.cachewright.optimizer.requirements.Requirements.Objective;
import io.cachewright.optimizer.requirements.Requirements.Regime;
import io.cachewright.optimizer.requirements.Requirements.StoreRole;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What matters more to these users, and what they cannot accept.
final class Weighing {

    /* What matters more, most important first:
     *   1. what a requirement pins: RPO of zero pins durability, staleness of zero pins consistency;
     *   2. durability, consistency and security where the users did not rank them: losing data or being wrong costs more than
     *      being slow, so that is the cautious answer while nobody said otherwise;
     *   3. the users' own priorities;
     *   4. everything else, in the order of CAUTIOUS.
     * A server that is only a cache, outside regulation, has nothing to lose: there durability is not in group 2. */
    private static final List<Objective> CAUTIOUS = List.of(
            Objective.DURABILITY,
            Objective.CONSISTENCY,
            Objective.SECURITY,
            Objective.LATENCY,
            Objective.THROUGHPUT,
            Objective.OPERATIONS,
            Objective.MEMORY,
            Objective.COST);

    private static final Set<Objective> PROTECTED =
            Set.of(Objective.DURABILITY, Objective.CONSISTENCY, Objective.SECURITY);

    /// The first of the users' priorities counts this many times as much as what they did not name.
    private static final double PRIORITY_FACTOR_MAX = 3;

    private static final double EFFECT_UNKNOWN = 0.5;
    private static final double EFFECT_OF_PROTECTION = 1.0;

    private final Requirements requirements;
    private final List<Objective> order;

    Weighing(Requirements requirements) {
        this.requirements = requirements;
        this.order = order(requirements);
    }

    private static List<Objective> order(Requirements requirements) {
        LinkedHashSet<Objective> order = new LinkedHashSet<>();
        if (isZero(requirements.rpo())) {
            order.add(Objective.DURABILITY);
        }
        if (isZero(requirements.stalenessMax())) {
            order.add(Objective.CONSISTENCY);
        }
        CAUTIOUS.stream()
                .filter(PROTECTED::contains)
                .filter(objective -> !requirements.priorities().contains(objective))
                .filter(objective -> objective != Objective.DURABILITY || !isOnlyACache(requirements))
                .forEach(order::add);
        order.addAll(requirements.priorities());
        CAUTIOUS.stream().filter(objective -> objective != Objective.DURABILITY).forEach(order::add);
        order.add(Objective.DURABILITY);
        return new ArrayList<>(order);
    }

    /// Place in the order of importance; 0 matters most.
    int rank(Objective objective) {
        return order.indexOf(objective);
    }

    /// The place of the most important thing that a remedy serves.
    int rank(Remedy remedy) {
        return remedy.serves().stream().mapToInt(this::rank).min().orElse(order.size());
    }

    /// Why these users cannot have this remedy; empty when they can.
    Optional<String> refusal(Remedy remedy) {
        return remedy.changes().stream()
                .map(this::violation)
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> remedy.harms().stream()
                        .sorted(Comparator.comparingInt(this::rank))
                        .map(harmed -> refusal(remedy, harmed))
                        .flatMap(Optional::stream)
                        .findFirst());
    }

    private Optional<String> violation(Change change) {
        return HardLimits.violation(change, requirements);
    }

    private Optional<String> refusal(Remedy remedy, Objective harmed) {
        boolean outranked = remedy.serves().stream().anyMatch(served -> rank(served) < rank(harmed));
        if (outranked || remedy.serves().contains(harmed)) {
            return Optional.empty();
        }
        if (isPinned(harmed)) {
            return Optional.of("it harms " + word(harmed) + ", and " + pin(harmed));
        }
        boolean ranked = requirements.priorities().contains(harmed);
        if (!PROTECTED.contains(harmed)) {
            return ranked
                    ? Optional.of("it harms " + word(harmed) + ", which the priorities put before what it serves")
                    : Optional.empty();
        }
        if (isAdmitted(harmed) || remedy.serves().stream().anyMatch(PROTECTED::contains)) {
            return Optional.empty();
        }
        return Optional.of(
                ranked
                        ? "it harms " + word(harmed) + ", which the priorities put before what it serves"
                        : "it harms " + word(harmed) + ", and " + unknown(harmed));
    }

    /// Why the winner's objective matters more than the loser's, as one clause.
    String reason(Remedy winner, Remedy loser) {
        Optional<Objective> decisive = winner.serves().stream()
                .filter(served -> !loser.serves().contains(served))
                .min(Comparator.comparingInt(this::rank));
        if (rank(winner) >= rank(loser) || decisive.isEmpty()) {
            return "both serve the same ends, and the winner is worth more here";
        }
        Objective served = decisive.get();
        if (isPinned(served)) {
            return pin(served);
        }
        if (requirements.priorities().contains(served)) {
            return "the priorities put " + word(served) + " first";
        }
        return PROTECTED.contains(served)
                ? word(served) + " comes first until the priorities say otherwise"
                : word(served) + " weighs more than what the other one serves";
    }

    /// What a remedy of this finding is worth to these users.
    Plan.Value value(Finding finding, Remedy remedy) {
        double severity = switch (finding.severity()) {
            case INFO -> 1;
            case LOW -> 3;
            case MEDIUM -> 10;
            case HIGH -> 30;
            case CRITICAL -> 100;
        };
        double ease = switch (remedy.risk().level()) {
            case LOW -> 1;
            case MEDIUM -> 0.7;
            case HIGH -> 0.4;
        };
        return new Plan.Value(severity, priority(finding, remedy), effect(remedy), ease);
    }

    private double priority(Finding finding, Remedy remedy) {
        List<Objective> priorities = requirements.priorities();
        return Stream.concat(finding.affects().stream(), remedy.serves().stream())
                .filter(priorities::contains)
                .mapToDouble(objective -> PRIORITY_FACTOR_MAX
                        - (PRIORITY_FACTOR_MAX - 1) * priorities.indexOf(objective) / priorities.size())
                .max()
                .orElse(1);
    }

    private static double effect(Remedy remedy) {
        return remedy.expect().stream()
                .mapToDouble(effect -> switch (effect) {
                    case Effect.Relative relative -> {
                        double better = relative.metric().isMoreBetter() ? relative.expected() : -relative.expected();
                        yield EFFECT_UNKNOWN + Math.clamp(better, 0.0, 1.0);
                    }
                    case Effect.Protection _ -> EFFECT_OF_PROTECTION;
                })
                .max()
                .orElse(EFFECT_UNKNOWN);
    }

    private boolean isPinned(Objective objective) {
        return (objective == Objective.DURABILITY && isZero(requirements.rpo()))
                || (objective == Objective.CONSISTENCY && isZero(requirements.stalenessMax()));
    }

    /// Whether the requirements say that some harm to a protected objective is acceptable.
    private boolean isAdmitted(Objective objective) {
        return (objective == Objective.DURABILITY && (requirements.rpo().isPresent() || isOnlyACache(requirements)))
                || (objective == Objective.CONSISTENCY
                        && requirements.stalenessMax().isPresent());
    }

    private static String pin(Objective objective) {
        return objective == Objective.DURABILITY
                ? "rpo is 0s: no acknowledged write may be lost"
                : "staleness-max is 0s: no read may be stale";
    }

    private static String unknown(Objective objective) {
        return switch (objective) {
            case DURABILITY -> "how much may be lost (rpo) is unknown; until it is known nothing is risked";
            case CONSISTENCY ->
                "how old a value may be (staleness-max) is unknown; until it is known nothing may be stale";
            case SECURITY, LATENCY, THROUGHPUT, MEMORY, OPERATIONS, COST ->
                "the priorities do not say that something matters more";
        };
    }

    private static boolean isOnlyACache(Requirements requirements) {
        return requirements.rpo().isEmpty()
                && requirements.storeRole().equals(Optional.of(StoreRole.CACHE))
                && requirements
                        .regimes()
                        .filter(regimes -> !regimes.equals(Set.of(Regime.NONE)))
                        .isEmpty();
    }

    private static boolean isZero(Optional<Duration> duration) {
        return duration.filter(Duration::isZero).isPresent();
    }

    private static String word(Objective objective) {
        return objective.name().toLowerCase(Locale.ROOT);
    }
}
