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
    /// @param number in the order of value, from 1
    /// @param finding what it mends
    /// @param remedy what is recommended
    /// @param options other ways, with their trade-offs in the remedies' own words
    /// @param conflictsWith numbers of recommendations that should not be applied together with this one
    /// @param alsoMends further findings that the same changes mend
    /// @param value why it stands where it stands
    public record Recommendation(
            int number,
            Finding finding,
            Remedy remedy,
            List<Remedy> options,
            List<Integer> conflictsWith,
            List<Finding> alsoMends,
            Value value) {
        public Recommendation {
            options = List.copyOf(options);
            conflictsWith = List.copyOf(conflictsWith);
            alsoMends = List.copyOf(alsoMends);
        }

        /// A recommendation that mends one finding.
        public Recommendation(
                int number, Finding finding, Remedy remedy, List<Remedy> options, List<Integer> conflictsWith) {
            this(number, finding, remedy, options, conflictsWith, List.of(), Value.NEUTRAL);
        }

        /// Stable across runs on the same deployment: `MEM-01/set-maxmemory@127.0.0.1:6379`.
        public String id() {
            return finding.ruleId() + "/" + remedy.id() + "@" + finding.node();
        }
    }

    /// What a recommendation is worth, as the product of its factors; recommendations are numbered by it.
    ///
    /// @param severity of the finding, 1 (info) to 100 (critical)
    /// @param priority what the requirements say about what it serves; 1 where they say nothing
    /// @param effect 0.5 (none that is known) to 1.5 (all of it)
    /// @param ease 1 for a low risk, less for a higher one
    public record Value(double severity, double priority, double effect, double ease) {

        static final Value NEUTRAL = new Value(1, 1, 1, 1);

        public double total() {
            return severity * priority * effect * ease;
        }
    }

    /// One step of carrying the plan out.
    ///
    /// @param recommendation its number
    /// @param after numbers of recommendations that must be carried out before it
    /// @param because why it comes after those; empty when nothing must come first
    public record Step(int recommendation, Phase phase, List<Integer> after, String because) {
        public Step {
            after = List.copyOf(after);
        }
    }

    /// What kind of step it is. Steps are carried out in this order, except where one needs another first.
    public enum Phase {
        /// See first, then change.
        MONITORING("monitoring"),
        /// Parameters and ACL rules that take effect at once, with a low risk.
        SAFE_SETTINGS("safe settings"),
        /// The machine under the server.
        HOST("host"),
        /// Parameters that take effect at once, with more than a low risk.
        SETTINGS("settings that need care"),
        /// What the clients do, store and let expire.
        CLIENTS("clients and data"),
        /// Parameters that the server reads only at start.
        RESTARTS("restarts"),
        /// Other servers, or more of them.
        TOPOLOGY("topology");

        private final String label;

        Phase(String label) {
            this.label = label;
        }

        public String label() {
            return label;
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

    /// The recommendations in the order in which they are carried out.
    public List<Step> steps() {
        return ApplicationOrder.of(recommendations);
    }

    Plan asking(List<Question> toAsk) {
        return new Plan(recommendations, settled, toAsk);
    }
}
