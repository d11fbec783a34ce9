package io.cachewright.optimizer.rules.latency;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;

import com.google.auto.service.AutoService;
import io.cachewright.domain.ByteSize;
import io.cachewright.domain.Durations;
import io.cachewright.optimizer.advice.Remedy;
import io.cachewright.optimizer.diagnose.FindingBuilder;
import io.cachewright.optimizer.diagnose.Need;
import io.cachewright.optimizer.diagnose.Rule;
import io.cachewright.optimizer.diagnose.RuleCard;
import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Situation;
import io.cachewright.optimizer.diagnose.Topic;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.requirements.Requirements.Objective;
import io.cachewright.optimizer.rules.Forks;
import io.cachewright.optimizer.rules.LatencyBudget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// LAT-02 (with LAT-01): every fork stalls all clients for as long as the kernel copies the page table.
@AutoService(Rule.class)
public final class ForkStall implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "LAT-02",
            "Forks stall every client",
            Topic.LATENCY,
            RuleCard.Scope.EVERY_NODE,
            Set.of(Need.INFO, Need.CONFIG),
            "A snapshot, an AOF rewrite or a full resynchronisation copies the page table while nobody is served; "
                    + "at the open that is a hole in the market data.",
            List.of("valkey: src/latency.c, fork rate", "Redis documentation: latency by fork", "CacheCloud"));

    /// A hundred missed budgets in a row are an outage to a trading client.
    private static final double TIMES_GRAVE = 100;

    private static final double TIMES_MEDIUM = 10;

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        Duration stall = Duration.ofNanos(situation.number("latest_fork_usec") * 1_000);
        if (stall.isZero()) {
            return new Verdict.NotApplicable("no fork happened since the start");
        }
        Forks forks = Forks.of(situation);
        if (!forks.possible()) {
            return new Verdict.NotApplicable(
                    "the last fork took " + Durations.brief(stall) + ", and nothing makes this server fork any more");
        }
        LatencyBudget budget = LatencyBudget.of(situation);
        long used = situation.number("used_memory");
        String seen = "the last fork took " + Durations.brief(stall) + " for " + new ByteSize(used)
                + String.format(Locale.ROOT, ", %.1f GB/s", used / 1e9 / (stall.toNanos() / 1e9));
        if (!budget.isBrokenBy(stall)) {
            return new Verdict.Healthy(seen);
        }
        double times = budget.times(stall);
        FindingBuilder finding = situation
                .finding(
                        CARD,
                        times >= TIMES_GRAVE ? Severity.HIGH : times >= TIMES_MEDIUM ? Severity.MEDIUM : Severity.LOW)
                .affects(Objective.LATENCY)
                .seen(seen, "INFO latest_fork_usec")
                .seen(budget.text(), "requirements")
                .seen("it forks for: " + forks.reasons(), "CONFIG GET save appendonly, INFO replication");
        remedies(situation, forks, seen).forEach(finding::remedy);
        return finding.verdict();
    }

    private static List<Remedy> remedies(Situation situation, Forks forks, String seen) {
        List<Remedy> remedies = new ArrayList<>();
        if (!forks.savePoints().isEmpty()) {
            remedies.add(noSavePoints(situation, forks, seen));
        }
        if (forks.appendOnly()) {
            remedies.add(rarerRewrites(situation, seen));
        }
        return remedies;
    }

    private static Remedy noSavePoints(Situation situation, Forks forks, String seen) {
        boolean replicated = forks.replicas() > 0;
        return remedy("no-save-points", "Take snapshots outside trading hours instead of by save points")
                .change(situation.set("save", ""))
                .because(seen + ", and save \"" + forks.savePoints() + "\" forks whenever the market is busy")
                .protects("no snapshot forks within trading hours; run BGSAVE after the close"
                        + (replicated ? ", or on the replica" : ""))
                .risk(
                        replicated ? Remedy.Risk.Level.LOW : Remedy.Risk.Level.MEDIUM,
                        "what changed since the last snapshot is lost when this server"
                                + (replicated ? " and its replicas die together" : " dies"))
                .costs("one CONFIG SET and a scheduled BGSAVE")
                .serves(Objective.LATENCY)
                .harms(Objective.DURABILITY)
                .provedByItsParameters()
                .build();
    }

    private static Remedy rarerRewrites(Situation situation, String seen) {
        long percentage = situation.parameterNumber("auto-aof-rewrite-percentage");
        long rarer = Math.max(400, percentage * 4);
        return remedy("rarer-rewrites", "Rewrite the AOF at " + rarer + " % growth instead of " + percentage + " %")
                .change(situation.set("auto-aof-rewrite-percentage", Long.toString(rarer)))
                .because(seen + ", and the AOF is rewritten at every " + percentage + " % of growth")
                .protects("forks for rewrites become at least four times rarer; run BGREWRITEAOF after the close")
                .risk(Remedy.Risk.Level.LOW, "the AOF grows larger and takes longer to load at a restart")
                .costs("disk space: up to " + (rarer / 100 + 1) + " times the AOF's base size")
                .serves(Objective.LATENCY)
                .harms(Objective.OPERATIONS)
                .notProvable("rewrites are hours apart")
                .build();
    }
}
