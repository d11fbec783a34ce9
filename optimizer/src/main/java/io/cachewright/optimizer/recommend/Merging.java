package io.cachewright.optimizer.recommend;

import io.cachewright.optimizer.advice.Change;
import io.cachewright.optimizer.advice.Remedy;
import io.cachewright.optimizer.diagnose.Finding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Makes one recommendation of several findings that the same changes mend, and one of the same advice for
/// several nodes.
final class Merging {

    private Merging() {}

    static List<Choice> merge(List<Choice> choices) {
        return acrossNodes(withSameChanges(choices));
    }

    /// What is mended by changes that another recommendation makes anyway becomes a part of that one.
    private static List<Choice> withSameChanges(List<Choice> choices) {
        List<Choice> widestFirst = choices.stream()
                .sorted(Comparator.comparingInt(
                                (Choice choice) -> -outcomes(choice.remedy()).size())
                        .thenComparingDouble(choice -> -choice.value().total())
                        .thenComparing(Choice::id))
                .toList();
        List<Choice> merged = new ArrayList<>();
        for (Choice choice : widestFirst) {
            int host = hostOf(choice, merged);
            if (host < 0) {
                merged.add(choice);
            } else {
                merged.set(host, joined(merged.get(host), choice));
            }
        }
        return merged;
    }

    private static int hostOf(Choice choice, List<Choice> merged) {
        for (int index = 0; index < merged.size(); index++) {
            if (outcomes(merged.get(index).remedy()).containsAll(outcomes(choice.remedy()))) {
                return index;
            }
        }
        return -1;
    }

    private static Choice joined(Choice host, Choice guest) {
        List<Finding> also = new ArrayList<>();
        also.add(guest.finding());
        also.addAll(guest.alsoMends());
        return host.alsoMending(also, guest.value());
    }

    /// The same remedy of the same rule on several nodes is carried out node by node, as one recommendation.
    private static List<Choice> acrossNodes(List<Choice> choices) {
        List<Choice> merged = new ArrayList<>();
        for (Choice choice : choices) {
            int twin = twinOf(choice, merged);
            if (twin < 0) {
                merged.add(choice);
            } else {
                Choice first = merged.get(twin);
                merged.set(twin, joined(first, choice).withRemedy(union(first.remedy(), choice.remedy())));
            }
        }
        return merged;
    }

    private static int twinOf(Choice choice, List<Choice> merged) {
        for (int index = 0; index < merged.size(); index++) {
            Choice other = merged.get(index);
            if (other.finding().ruleId().equals(choice.finding().ruleId())
                    && !other.finding().node().equals(choice.finding().node())
                    && other.remedy().id().equals(choice.remedy().id())
                    && other.remedy().title().equals(choice.remedy().title())
                    && other.remedy().experiment().equals(choice.remedy().experiment())) {
                return index;
            }
        }
        return -1;
    }

    private static Remedy union(Remedy one, Remedy other) {
        Set<Change> changes = new LinkedHashSet<>(one.changes());
        changes.addAll(other.changes());
        return new Remedy(
                one.id(),
                one.title(),
                List.copyOf(changes),
                one.reason(),
                one.expect(),
                one.risk(),
                one.cost(),
                one.serves(),
                one.harms(),
                one.experiment());
    }

    private static Set<String> outcomes(Remedy remedy) {
        return remedy.changes().stream()
                .map(change -> change.subject() + " → " + change.outcome())
                .collect(Collectors.toSet());
    }
}
