package io.cachewright.optimizer.recommend;

import io.cachewright.optimizer.advice.Remedy;
import io.cachewright.optimizer.diagnose.Finding;
import java.util.List;

/// What to change, in order, what was decided against, and what to ask.
///
/// @param recommendations most valuable first
/// @param settled conflicts, each with its winner and its loser
/// @param questions whose answer would change this plan
public record Plan(List<Recommendation> recommendations, List<SettledConflict> settled, List<Question> questions) {

    /// A finding and what to do about it.
    ///
    /// @param number 1, 2, 3 … as the report shows it
    /// @param remedy what is recommended
    /// @param options other ways, with their trade-offs in the remedies' own words
    /// @param conflictsWith numbers of recommendations that should not be applied together with this one
    public record Recommendation(
            int number, Finding finding, Remedy remedy, List<Remedy> options, List<Integer> conflictsWith) {
        public Recommendation {
            options = List.copyOf(options);
            conflictsWith = List.copyOf(conflictsWith);
        }

        /// Stable across runs on the same deployment: `MEM-01/set-maxmemory@127.0.0.1:6379`.
        public String id() {
            return finding.ruleId() + "/" + remedy.id() + "@" + finding.node();
        }
    }

    /// Two remedies that pull in opposite directions.
    ///
    /// @param subject what both would change, for example `appendfsync`
    /// @param reason why the winner won: the requirement, or the caution that holds while it is unknown
    public record SettledConflict(String subject, String winner, String loser, String reason) {}

    public Plan {
        recommendations = List.copyOf(recommendations);
        settled = List.copyOf(settled);
        questions = List.copyOf(questions);
    }
}
