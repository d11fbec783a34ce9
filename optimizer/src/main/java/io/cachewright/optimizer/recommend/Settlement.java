package io.cachewright.optimizer.recommend;

import io.cachewright.optimizer.advice.Remedy;
import io.cachewright.optimizer.recommend.Plan.SettledConflict;
import io.cachewright.optimizer.requirements.Requirements.Objective;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Settles conflicts between the remedies of different findings: what matters more comes first, and what contradicts
/// it gives way to another remedy of its finding, or is left out.
final class Settlement {

    /// Between these a compromise loses data or money, so one side has to win. All other opposed pairs may stand
    /// together, marked as such: whoever applies one measures before the other.
    private static final Set<Objective> WITHOUT_COMPROMISE =
            Set.of(Objective.DURABILITY, Objective.CONSISTENCY, Objective.SECURITY);

    private record Conflict(String subject, Choice winner) {}

    private final Weighing weighing;
    private final List<SettledConflict> settled;

    Settlement(Weighing weighing, List<SettledConflict> settled) {
        this.weighing = weighing;
        this.settled = settled;
    }

    List<Choice> settle(List<Choice> choices) {
        List<Choice> agreed = new ArrayList<>();
        choices.stream()
                .sorted(Comparator.comparingInt((Choice choice) -> weighing.rank(choice.remedy()))
                        .thenComparingDouble(choice -> -choice.value().total())
                        .thenComparing(Choice::id))
                .forEach(choice -> fitting(choice, agreed).ifPresent(agreed::add));
        return agreed;
    }

    private Optional<Choice> fitting(Choice choice, List<Choice> agreed) {
        List<Remedy> beaten = new ArrayList<>();
        List<SettledConflict> lost = new ArrayList<>();
        for (Remedy remedy : choice.open()) {
            Optional<Conflict> conflict = conflict(remedy, agreed);
            if (conflict.isEmpty()) {
                settled.addAll(lost);
                return Optional.of(choice.preferring(remedy, weighing, beaten));
            }
            beaten.add(remedy);
            Remedy winner = conflict.get().winner().remedy();
            lost.add(new SettledConflict(
                    conflict.get().subject(), winner.title(), remedy.title(), weighing.reason(winner, remedy)));
        }
        settled.addAll(lost);
        return Optional.empty();
    }

    private static Optional<Conflict> conflict(Remedy remedy, List<Choice> agreed) {
        return agreed.stream()
                .flatMap(other -> subject(remedy, other.remedy()).map(subject -> new Conflict(subject, other)).stream())
                .findFirst();
    }

    private static Optional<String> subject(Remedy remedy, Remedy agreed) {
        return Opposition.contested(remedy, agreed).or(() -> {
            Set<Objective> harmed = agreed.serves().stream()
                    .filter(remedy.harms()::contains)
                    .filter(WITHOUT_COMPROMISE::contains)
                    .collect(Collectors.toSet());
            return Opposition.areOpposed(remedy, agreed) && !harmed.isEmpty()
                    ? Optional.of(harmed.stream()
                            .sorted()
                            .map(objective -> objective.name().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(" and ")))
                    : Optional.empty();
        });
    }
}
