package io.cachewright.optimizer.recommend;

import io.cachewright.optimizer.advice.Change;
import io.cachewright.optimizer.diagnose.Finding;
import io.cachewright.optimizer.recommend.Plan.Recommendation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What people would do differently under another plan, each difference as one line.
final class PlanDifference {

    private PlanDifference() {}

    /// Empty when both plans ask for the same changes, find the same things as severe, and start with the same one.
    static List<String> between(Plan before, Plan after) {
        Map<String, Recommendation> old = byId(before);
        Map<String, Recommendation> fresh = byId(after);
        List<String> differences = new ArrayList<>();
        fresh.forEach((id, recommendation) -> {
            Recommendation same = old.get(id);
            if (same == null) {
                differences.add(appeared(recommendation, before, fresh));
            } else {
                differences.addAll(changed(same, recommendation));
            }
        });
        old.forEach((id, recommendation) -> {
            if (!fresh.containsKey(id)
                    && replacement(recommendation, old, after).isEmpty()) {
                differences.add("no longer: " + recommendation.remedy().title());
            }
        });
        newlyFirst(before, after, old, fresh).ifPresent(differences::add);
        return differences;
    }

    private static String appeared(Recommendation recommendation, Plan before, Map<String, Recommendation> fresh) {
        String title = recommendation.remedy().title();
        return replacement(recommendation, fresh, before)
                .map(other -> title + ", instead of: " + other.remedy().title())
                .orElse("new: " + title);
    }

    /// What the other plan does about the same finding, and this plan does not.
    private static Optional<Recommendation> replacement(
            Recommendation recommendation, Map<String, Recommendation> here, Plan there) {
        return there.recommendations().stream()
                .filter(other ->
                        other.finding().ruleId().equals(recommendation.finding().ruleId())
                                && other.finding()
                                        .node()
                                        .equals(recommendation.finding().node())
                                && !here.containsKey(other.id()))
                .findFirst();
    }

    private static List<String> changed(Recommendation before, Recommendation after) {
        List<String> differences = new ArrayList<>();
        Map<String, String> old = outcomes(before);
        Map<String, String> fresh = outcomes(after);
        fresh.forEach((subject, outcome) -> {
            String was = old.get(subject);
            if (!outcome.equals(was)) {
                differences.add(
                        was == null
                                ? "also changes " + subject + " to " + outcome
                                : subject + ": " + outcome + " instead of " + was);
            }
        });
        old.keySet().stream()
                .filter(subject -> !fresh.containsKey(subject))
                .forEach(subject -> differences.add("no longer changes " + subject));
        if (before.finding().severity() != after.finding().severity()) {
            differences.add(
                    after.remedy().title() + ": " + word(after.finding()) + " instead of " + word(before.finding()));
        }
        Set<String> mendedBefore =
                before.alsoMends().stream().map(PlanDifference::key).collect(Collectors.toSet());
        after.alsoMends().stream()
                .filter(finding -> !mendedBefore.contains(key(finding)))
                .forEach(finding -> differences.add(after.remedy().title() + " also mends: " + finding.title()));
        return differences;
    }

    /// Another one comes first, and both plans have it.
    private static Optional<String> newlyFirst(
            Plan before, Plan after, Map<String, Recommendation> old, Map<String, Recommendation> fresh) {
        if (before.recommendations().isEmpty() || after.recommendations().isEmpty()) {
            return Optional.empty();
        }
        Recommendation was = before.recommendations().getFirst();
        Recommendation is = after.recommendations().getFirst();
        return !was.id().equals(is.id()) && old.containsKey(is.id()) && fresh.containsKey(was.id())
                ? Optional.of("comes first: " + is.remedy().title())
                : Optional.empty();
    }

    private static Map<String, Recommendation> byId(Plan plan) {
        return plan.recommendations().stream()
                .collect(Collectors.toMap(
                        Recommendation::id, recommendation -> recommendation, (a, _) -> a, LinkedHashMap::new));
    }

    private static Map<String, String> outcomes(Recommendation recommendation) {
        return recommendation.remedy().changes().stream()
                .collect(
                        Collectors.toMap(Change::subject, Change::outcome, (a, b) -> a + ", " + b, LinkedHashMap::new));
    }

    private static String key(Finding finding) {
        return Stream.of(finding.ruleId(), finding.node()).collect(Collectors.joining("@"));
    }

    private static String word(Finding finding) {
        return finding.severity().name().toLowerCase(Locale.ROOT);
    }
}
