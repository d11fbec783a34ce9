package io.cachewright.optimizer.recommend;

import io.cachewright.optimizer.diagnose.Diagnosis;
import io.cachewright.optimizer.recommend.Plan.Recommendation;
import io.cachewright.optimizer.recommend.Plan.SettledConflict;
import io.cachewright.optimizer.requirements.Requirements;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/// Turns a diagnosis into a plan: of each finding's remedies the one that the requirements admit, without those that
/// contradict a more important one, most valuable first.
public final class Recommender {

    private static final Comparator<Choice> MOST_VALUABLE_FIRST = Comparator.comparingDouble(
                    (Choice choice) -> -choice.value().total())
            .thenComparing(Choice::id);

    /// The plan for these requirements, without questions.
    public Plan recommend(Diagnosis diagnosis, Requirements requirements) {
        Weighing weighing = new Weighing(requirements);
        List<SettledConflict> settled = new ArrayList<>();
        List<Choice.Refusal> refused = new ArrayList<>();
        List<Choice> admitted = diagnosis.found().stream()
                .map(found -> Choice.of(found, weighing, refused))
                .filter(Choice::isOpen)
                .toList();
        List<Choice> agreed = new Settlement(weighing, settled).settle(admitted);
        refused.forEach(refusal -> settled.add(refusal.settledBy(agreed)));
        List<Choice> ranked =
                Merging.merge(agreed).stream().sorted(MOST_VALUABLE_FIRST).toList();
        return new Plan(numbered(ranked), settled, List.of());
    }

    /// The same plan with the questions whose answer would change it.
    ///
    /// @param diagnose judges the same evidence again under other requirements
    public Plan recommend(
            Function<Requirements, Diagnosis> diagnose, Requirements requirements, PlausibleAnswers answers) {
        Function<Requirements, Plan> planner = wanted -> recommend(diagnose.apply(wanted), wanted);
        return planner.apply(requirements).asking(Questions.ask(planner, requirements, answers));
    }

    private static List<Recommendation> numbered(List<Choice> ranked) {
        List<Recommendation> recommendations = new ArrayList<>();
        for (int index = 0; index < ranked.size(); index++) {
            Choice choice = ranked.get(index);
            List<Integer> conflictsWith = new ArrayList<>();
            for (int other = 0; other < ranked.size(); other++) {
                if (other != index
                        && Opposition.areOpposed(
                                choice.remedy(), ranked.get(other).remedy())) {
                    conflictsWith.add(other + 1);
                }
            }
            recommendations.add(new Recommendation(
                    index + 1,
                    choice.finding(),
                    choice.remedy(),
                    choice.options(),
                    conflictsWith,
                    choice.alsoMends(),
                    choice.value()));
        }
        return recommendations;
    }
}
