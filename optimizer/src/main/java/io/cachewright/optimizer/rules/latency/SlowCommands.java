package io.cachewright.optimizer.rules.latency;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;

import com.google.auto.service.AutoService;
import io.cachewright.domain.Durations;
import io.cachewright.optimizer.advice.Change;
import io.cachewright.optimizer.advice.Experiment;
import io.cachewright.optimizer.advice.Practice;
import io.cachewright.optimizer.advice.Remedy;
import io.cachewright.optimizer.diagnose.FindingBuilder;
import io.cachewright.optimizer.diagnose.Need;
import io.cachewright.optimizer.diagnose.Rule;
import io.cachewright.optimizer.diagnose.RuleCard;
import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Situation;
import io.cachewright.optimizer.diagnose.Topic;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.evidence.SlowCommand;
import io.cachewright.optimizer.requirements.Requirements.Objective;
import io.cachewright.optimizer.rules.LatencyBudget;
import io.cachewright.optimizer.rules.Share;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// LAT-11: commands of the window that held the server longer than the latency budget. The old entries of the log and
/// its length say nothing.
@AutoService(Rule.class)
public final class SlowCommands implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "LAT-11",
            "Single commands hold the server longer than the latency budget",
            Topic.LATENCY,
            RuleCard.Scope.EVERY_NODE,
            Set.of(Need.INFO, Need.CONFIG, Need.SLOWLOG),
            "One thread serves everyone: while one large read or delete runs, all quotes wait.",
            List.of("Redis documentation: SLOWLOG", "AWS ElastiCache skill: slow log signatures"));

    private static final double TIMES_GRAVE = 10;

    /// Administration, and what a look at the server itself sends.
    private static final Set<String> ADMINISTRATION = Set.of(
            "info",
            "config",
            "slowlog",
            "commandlog",
            "latency",
            "client",
            "memory",
            "acl",
            "command",
            "scan",
            "psync",
            "sync",
            "replconf",
            "object",
            "debug",
            "monitor");

    private static final Set<String> READS_OF_ALL_ELEMENTS = Set.of(
            "hgetall",
            "hkeys",
            "hvals",
            "smembers",
            "lrange",
            "zrange",
            "zrevrange",
            "zrangebyscore",
            "zrevrangebyscore",
            "sunion",
            "sinter",
            "sdiff",
            "sort",
            "xrange",
            "xrevrange");

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        LatencyBudget budget = LatencyBudget.of(situation);
        List<SlowCommand> slow = Situation.known(situation.node().slowlog()).stream()
                .filter(entry -> entry.inWindow() && budget.isBrokenBy(entry.took()))
                .filter(entry -> !ADMINISTRATION.contains(entry.command()))
                .toList();
        Optional<SlowCommand> worst = slow.stream().max(Comparator.comparing(SlowCommand::took));
        if (worst.isEmpty()) {
            return new Verdict.Healthy("no command of the window took longer than " + Durations.format(budget.limit()));
        }
        Duration total = slow.stream().map(SlowCommand::took).reduce(Duration.ZERO, Duration::plus);
        double share = (double) total.toNanos()
                / Math.max(1, situation.window().length().toNanos());
        String seen = slow.size() + " commands took longer than " + Durations.format(budget.limit()) + ", together "
                + Durations.brief(total) + ", " + Share.text(share) + " of the window";
        String worstText = "the worst, "
                + String.join(" ", worst.get().arguments().stream().limit(3).toList()) + ", "
                + Durations.brief(worst.get().took());
        FindingBuilder finding = situation
                .finding(CARD, budget.times(worst.get().took()) >= TIMES_GRAVE ? Severity.HIGH : Severity.MEDIUM)
                .affects(Objective.LATENCY)
                .seen(seen, "SLOWLOG, " + situation.windowSource())
                .seen(worstText, "SLOWLOG")
                .seen(budget.text(), "requirements");
        return finding.remedy(remedies(situation, worst.get(), worstText).toArray(Remedy[]::new))
                .verdict();
    }

    private static List<Remedy> remedies(Situation situation, SlowCommand worst, String seen) {
        if (worst.command().equals("del")
                && situation
                        .optionalParameter("lazyfree-lazy-user-del")
                        .filter("no"::equals)
                        .isPresent()) {
            return List.of(unlink(situation, seen));
        }
        return READS_OF_ALL_ELEMENTS.contains(worst.command()) ? List.of(smaller(worst, seen)) : List.of();
    }

    private static Remedy unlink(Situation situation, String seen) {
        return remedy("lazy-del", "Let DEL free values in the background")
                .change(situation.set("lazyfree-lazy-user-del", "yes"))
                .because(seen + "; DEL frees every element on the main thread, UNLINK does not")
                .protects("deleting a large key takes the main thread microseconds")
                .risk(Remedy.Risk.Level.LOW, "memory is given back a moment later")
                .costs("one CONFIG SET; clients that call UNLINK need none")
                .serves(Objective.LATENCY)
                .provedByItsParameters()
                .build();
    }

    private static Remedy smaller(SlowCommand worst, String seen) {
        String key = worst.arguments().size() > 1 ? worst.arguments().get(1) : "the key";
        return remedy("smaller-reads", "Split " + key + " or read a part of it")
                .change(new Change.ChangeClient(
                        Practice.SMALLER_KEYS, worst.command() + " of all elements at once", "a band or page a call"))
                .because(seen + "; its time grows with the number of elements")
                .protects("one read holds the server for a bounded time, however large the data grows")
                .risk(Remedy.Risk.Level.MEDIUM, "readers and writers change together")
                .costs("code of the readers and of the writer of " + key)
                .serves(Objective.LATENCY)
                .harms(Objective.OPERATIONS)
                .provedBy(new Experiment.ClientPractice(
                        Practice.SMALLER_KEYS,
                        Map.of("slowestMicros", worst.took().toNanos() / 1_000)))
                .build();
    }
}
