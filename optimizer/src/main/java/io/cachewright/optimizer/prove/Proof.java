package io.cachewright.optimizer.prove;

import io.cachewright.optimizer.advice.Effect.Metric;
import java.util.List;

/// What measuring one recommendation showed.
///
/// @param recommendation id of the recommendation or of the trial
/// @param verdict over the metrics it was expected to move
/// @param comparisons each metric, baseline against candidate
/// @param setting how it was measured: server, load, pairs, duration, as one line; empty when it was not
/// @param reason why it was not provable here, or what decided the verdict; one clause
public record Proof(
        String recommendation, Verdict verdict, List<Comparison> comparisons, String setting, String reason) {

    /// What the interval says.
    public enum Verdict {
        IMPROVED("improved"),
        NO_DIFFERENCE("no difference"),
        WORSE("worse"),
        NOT_PROVABLE_HERE("not provable here");

        private final String label;

        Verdict(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    /// One metric, in its own unit (nanoseconds, bytes, requests a second).
    ///
    /// @param baseline median over the runs
    /// @param candidate median over the runs
    /// @param change relative: −0.84 is 84 % less; the point estimate
    /// @param low lower end of the 95 % interval of `change`
    /// @param high upper end
    /// @param pairs how many pairs of runs it rests on
    public record Comparison(
            Metric metric, double baseline, double candidate, double change, double low, double high, int pairs) {}

    public Proof {
        comparisons = List.copyOf(comparisons);
    }
}
