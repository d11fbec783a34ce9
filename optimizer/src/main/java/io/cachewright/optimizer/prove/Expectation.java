package io.cachewright.optimizer.prove;

import io.cachewright.optimizer.advice.Effect;
import io.cachewright.optimizer.advice.Effect.Metric;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What a change is said to do, as far as it can be measured.
///
/// @param improves metrics that are to get better, the most important first
/// @param costs metrics that are said to get worse: a price that is announced does not speak against the change
record Expectation(List<Metric> improves, Set<Metric> costs) {

    Expectation {
        improves = List.copyOf(improves);
        costs = Set.copyOf(costs);
    }

    static Expectation of(List<Effect> effects) {
        Set<Metric> improves = new LinkedHashSet<>();
        Set<Metric> costs = new LinkedHashSet<>();
        for (Effect effect : effects) {
            switch (effect) {
                case Effect.Relative relative -> (relative.isGain() ? improves : costs).add(relative.metric());
                case Effect.Protection _ -> {}
            }
        }
        costs.removeAll(improves);
        return new Expectation(List.copyOf(improves), costs);
    }

    /// The metrics that decide: those that are to improve, and the server's CPU time for the same load, unless more of
    /// it is the announced price. It is by far the most precise of all, and no server gets slower without it.
    List<Metric> deciding() {
        List<Metric> deciding = new ArrayList<>(improves);
        deciding.remove(Metric.HIT_RATIO);
        if (!deciding.contains(Metric.SERVER_TIME) && !costs.contains(Metric.SERVER_TIME)) {
            deciding.add(Metric.SERVER_TIME);
        }
        return deciding;
    }
}
