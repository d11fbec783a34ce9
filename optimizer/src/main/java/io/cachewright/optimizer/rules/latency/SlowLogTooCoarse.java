package io.cachewright.optimizer.rules.latency;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;

import com.google.auto.service.AutoService;
import io.cachewright.domain.Durations;
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
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;

/// LAT-03b: the slow log misses commands that break the latency budget.
@AutoService(Rule.class)
public final class SlowLogTooCoarse implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "LAT-03b",
            "The slow log misses commands that hold the server longer than the latency budget",
            Topic.LATENCY,
            RuleCard.Scope.EVERY_NODE,
            Set.of(Need.CONFIG),
            "A command that stalls everyone leaves no trace, so nobody learns which one it was.",
            List.of("Redis documentation: SLOWLOG", "redis: latency.c, createLatencyReport"));

    private static final String PARAMETER = "slowlog-log-slower-than";

    /// Below this the log fills with ordinary commands and pushes out what matters.
    private static final Duration THRESHOLD_MIN = Duration.ofMillis(1);

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        long micros = situation.parameterNumber(PARAMETER);
        LatencyBudget budget = LatencyBudget.of(situation);
        Duration wanted = budget.limit().compareTo(THRESHOLD_MIN) > 0 ? budget.limit() : THRESHOLD_MIN;
        boolean isOff = micros < 0;
        String today = isOff
                ? "nothing: it is off"
                : "commands of " + Durations.brief(Duration.of(micros, ChronoUnit.MICROS)) + " and more";
        if (!isOff && Duration.of(micros, ChronoUnit.MICROS).compareTo(wanted) <= 0) {
            return new Verdict.Healthy("the slow log keeps " + today);
        }
        return situation
                .finding(CARD, budget.given() ? Severity.LOW : Severity.INFO)
                .affects(Objective.OPERATIONS, Objective.LATENCY)
                .seen("the slow log keeps " + today, "CONFIG GET " + PARAMETER)
                .seen(budget.text(), "requirements")
                .remedy(log(situation, budget, wanted, today))
                .verdict();
    }

    private static Remedy log(Situation situation, LatencyBudget budget, Duration wanted, String today) {
        String value = Long.toString(wanted.toNanos() / 1_000);
        return remedy("log-slow-commands", "Keep commands of " + Durations.brief(wanted) + " and more in the slow log")
                .change(situation.set(PARAMETER, value))
                .because("the slow log keeps " + today + "; " + budget.text())
                .protects("the next slow command is in SLOWLOG with its arguments and its client")
                .risk(Remedy.Risk.Level.LOW, "an entry is kept in memory with at most 32 cut arguments")
                .costs("one CONFIG SET")
                .serves(Objective.OPERATIONS, Objective.LATENCY)
                .notProvable("it shows when the next slow command comes")
                .build();
    }
}
