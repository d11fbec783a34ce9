package io.cachewright.optimizer.recommend;

import io.cachewright.optimizer.advice.Remedy;
import io.cachewright.optimizer.diagnose.Finding;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.recommend.Plan.SettledConflict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A finding with the remedies that are still open to it, the preferred one first.
record Choice(Finding finding, List<Remedy> open, List<Finding> alsoMends, Plan.Value value) {

    Choice {
        open = List.copyOf(open);
        alsoMends = List.copyOf(alsoMends);
    }

    /// A remedy that the requirements do not admit.
    record Refusal(Finding finding, Remedy remedy, String reason) {

        /// Names what is done instead: another remedy of the same finding, one that this would have undone, or nothing.
        SettledConflict settledBy(List<Choice> agreed) {
            String winner = agreed.stream()
                    .filter(choice -> choice.finding().equals(finding))
                    .findFirst()
                    .or(() -> agreed.stream()
                            .filter(choice -> Opposition.contested(remedy, choice.remedy())
                                    .isPresent())
                            .findFirst())
                    .map(choice -> choice.remedy().title())
                    .orElse("leave it as it is");
            return new SettledConflict(remedy.changes().getFirst().subject(), winner, remedy.title(), reason);
        }
    }

    /// Keeps the remedies that the requirements admit, in the rule's order, and puts the others on record.
    static Choice of(Verdict.Found found, Weighing weighing, List<Refusal> refused) {
        List<Remedy> admitted = new ArrayList<>();
        for (Remedy remedy : found.remedies()) {
            Optional<String> reason = weighing.refusal(remedy);
            if (reason.isPresent()) {
                refused.add(new Refusal(found.finding(), remedy, reason.get()));
            } else {
                admitted.add(remedy);
            }
        }
        return open(found.finding(), admitted, weighing);
    }

    private static Choice open(Finding finding, List<Remedy> admitted, Weighing weighing) {
        return new Choice(
                finding,
                admitted,
                List.of(),
                admitted.isEmpty() ? Plan.Value.NEUTRAL : weighing.value(finding, admitted.getFirst()));
    }

    boolean isOpen() {
        return !open.isEmpty();
    }

    Remedy remedy() {
        return open.getFirst();
    }

    List<Remedy> options() {
        return open.subList(1, open.size());
    }

    String id() {
        return finding.ruleId() + "/" + remedy().id() + "@" + finding.node();
    }

    /// The same finding, mended by `remedy`; what is in `without` is an option no more.
    Choice preferring(Remedy remedy, Weighing weighing, List<Remedy> without) {
        List<Remedy> order = new ArrayList<>(List.of(remedy));
        open.stream()
                .filter(other -> !other.equals(remedy) && !without.contains(other))
                .forEach(order::add);
        return new Choice(finding, order, alsoMends, weighing.value(finding, remedy));
    }

    /// Worth at least as much as the most valuable thing that it mends.
    Choice alsoMending(List<Finding> findings, Plan.Value atLeast) {
        List<Finding> all = new ArrayList<>(alsoMends);
        all.addAll(findings);
        return new Choice(finding, open, all, atLeast.total() > value.total() ? atLeast : value);
    }

    Choice withRemedy(Remedy remedy) {
        List<Remedy> order = new ArrayList<>(options());
        order.addFirst(remedy);
        return new Choice(finding, order, alsoMends, value);
    }
}
