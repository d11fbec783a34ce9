package io.cachewright.optimizer.rules.latency;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;

import com.google.auto.service.AutoService;
import io.cachewright.optimizer.advice.Remedy;
import io.cachewright.optimizer.diagnose.Need;
import io.cachewright.optimizer.diagnose.Rule;
import io.cachewright.optimizer.diagnose.RuleCard;
import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Situation;
import io.cachewright.optimizer.diagnose.Topic;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.requirements.Requirements.Objective;
import io.cachewright.optimizer.rules.LatencyBudget;
import java.util.List;
import java.util.Set;

/// LAT-03: nobody records why the server stalls. Worth knowing by itself; grave enough to act on once someone
/// needs a latency.
@AutoService(Rule.class)
public final class LatencyMonitorOff implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "LAT-03",
            "The latency monitor is off, so no stall is ever explained",
            Topic.LATENCY,
            RuleCard.Scope.EVERY_NODE,
            Set.of(Need.CONFIG),
            "After a spike at the open nothing tells whether it was a fork, the disk, expiry or eviction.",
            List.of("Redis documentation: latency monitor", "valkey: src/latency.c"));

    /// Below this, scheduling noise of an ordinary machine fills the 160 samples kept per event.
    private static final long THRESHOLD_MILLIS_MIN = 1;

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        long threshold = situation.parameterNumber("latency-monitor-threshold");
        LatencyBudget budget = LatencyBudget.of(situation);
        boolean coarse = budget.given() && threshold > Math.max(THRESHOLD_MILLIS_MIN, budget.millis());
        if (threshold > 0 && !coarse) {
            return new Verdict.Healthy("stalls of " + threshold + " ms and more are recorded");
        }
        return situation
                .finding(CARD, budget.given() ? Severity.LOW : Severity.INFO)
                .title(coarse ? "The latency monitor records only stalls far above the latency budget" : CARD.title())
                .affects(Objective.OPERATIONS, Objective.LATENCY)
                .seen("latency-monitor-threshold " + threshold, "CONFIG GET latency-monitor-threshold")
                .seen(budget.text(), "requirements")
                .remedy(record(situation, budget, threshold))
                .verdict();
    }

    private static Remedy record(Situation situation, LatencyBudget budget, long threshold) {
        long millis = Math.max(THRESHOLD_MILLIS_MIN, budget.millis());
        return remedy("record-stalls", "Record stalls of " + millis + " ms and more")
                .change(situation.set("latency-monitor-threshold", Long.toString(millis)))
                .because("the threshold is " + threshold + "; " + budget.text())
                .protects("the next stall leaves its cause and its length behind (LATENCY DOCTOR, HISTORY)")
                .risk(Remedy.Risk.Level.LOW, "two clock readings an event and 160 samples a class of events")
                .costs("one CONFIG SET")
                .serves(Objective.OPERATIONS, Objective.LATENCY)
                .provedByItsParameters()
                .build();
    }
}
