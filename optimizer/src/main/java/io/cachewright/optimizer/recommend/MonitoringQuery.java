package io.cachewright.optimizer.recommend;

import java.time.Duration;
import java.util.Locale;

/// How to see, with Prometheus and redis_exporter, that a finding stays mended.
///
/// @param ruleId the rule that found it
/// @param expression PromQL over the exporter's metrics
/// @param comparison when to worry: above or below the threshold
/// @param sustained how long before anybody is woken
/// @param basis where the threshold comes from, as one clause
public record MonitoringQuery(
        String ruleId, String expression, Comparison comparison, double threshold, Duration sustained, String basis) {

    /// On which side of the threshold the trouble is.
    public enum Comparison {
        ABOVE(">"),
        BELOW("<");

        private final String operator;

        Comparison(String operator) {
            this.operator = operator;
        }
    }

    /// The expression of an alerting rule.
    public String alert() {
        return expression + " " + comparison.operator + " " + number(threshold);
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? Long.toString(Math.round(value))
                : String.format(Locale.ROOT, value < 10 ? "%.3f" : "%.1f", value);
    }
}
