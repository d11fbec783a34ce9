package io.cachewright.optimizer.rules;

import io.cachewright.domain.Durations;
import io.cachewright.optimizer.diagnose.Situation;
import java.time.Duration;

/// How long one stall of the server may be.
///
/// @param limit the required p99, or [#UNSTATED] where nobody said
/// @param given whether it was required
public record LatencyBudget(Duration limit, boolean given) {

    /// Nobody should wait this long for an in-memory store on a local network, whatever their budget: the shortest
    /// conflation interval of public market data feeds is of this order.
    public static final Duration UNSTATED = Duration.ofMillis(10);

    public static LatencyBudget of(Situation situation) {
        return situation
                .requirements()
                .latencyBudget()
                .map(required -> new LatencyBudget(required, true))
                .orElseGet(() -> new LatencyBudget(UNSTATED, false));
    }

    /// How many times the budget a stall is.
    public double times(Duration stall) {
        return (double) stall.toNanos() / Math.max(1, limit.toNanos());
    }

    public boolean isBrokenBy(Duration stall) {
        return stall.compareTo(limit) > 0;
    }

    /// Whole milliseconds for parameters that count in them, at least one.
    public long millis() {
        return Math.max(1, limit.toMillis());
    }

    /// In words, for an observation.
    public String text() {
        return given
                ? "the latency budget is " + Durations.format(limit)
                : "no latency budget is given; " + Durations.format(limit) + " is taken as the most a stall may last";
    }
}
