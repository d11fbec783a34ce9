package io.cachewright.optimizer.rules.latency;

import io.cachewright.domain.Durations;
import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Situation;
import io.cachewright.optimizer.evidence.LatencyEvent;
import io.cachewright.optimizer.rules.LatencyBudget;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Spikes that the latency monitor recorded within the window and that break the latency budget. Older ones say
/// nothing about the settings and the load of today.
///
/// @param event the class with the worst spike
/// @param count seconds with a spike, over all classes asked for
record Spikes(String event, int count, Duration worst, LatencyBudget budget) {

    private static final double TIMES_HIGH = 10;

    /// Empty when there are none.
    static Optional<Spikes> of(Situation situation, Collection<String> events) {
        LatencyBudget budget = LatencyBudget.of(situation);
        Instant from = situation.window().first().serverTime();
        List<LatencyEvent> broken = Situation.known(situation.node().latencyEvents()).stream()
                .filter(event -> events.contains(event.event()))
                .map(event -> within(event, from, budget))
                .filter(event -> !event.samples().isEmpty())
                .toList();
        return broken.stream()
                .max(Comparator.comparing(Spikes::worst))
                .map(event -> new Spikes(
                        event.event(),
                        broken.stream().mapToInt(each -> each.samples().size()).sum(),
                        worst(event),
                        budget));
    }

    Severity severity() {
        return budget.times(worst) >= TIMES_HIGH ? Severity.HIGH : Severity.MEDIUM;
    }

    String text() {
        return count + " spike(s) of " + event + ", the worst " + Durations.brief(worst) + "; " + budget.text();
    }

    private static LatencyEvent within(LatencyEvent event, Instant from, LatencyBudget budget) {
        return new LatencyEvent(
                event.event(),
                event.latestAt(),
                event.latest(),
                event.max(),
                event.samples().stream()
                        .filter(sample -> !sample.at().isBefore(from) && budget.isBrokenBy(sample.took()))
                        .toList());
    }

    private static Duration worst(LatencyEvent event) {
        return event.samples().stream()
                .map(LatencyEvent.Sample::took)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }
}
