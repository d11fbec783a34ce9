package io.cachewright.optimizer.rules.trading;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;

import com.google.auto.service.AutoService;
import io.cachewright.optimizer.advice.Change;
import io.cachewright.optimizer.advice.Effect.Metric;
import io.cachewright.optimizer.advice.Experiment;
import io.cachewright.optimizer.advice.Practice;
import io.cachewright.optimizer.advice.Remedy.Risk;
import io.cachewright.optimizer.diagnose.FindingBuilder;
import io.cachewright.optimizer.diagnose.Need;
import io.cachewright.optimizer.diagnose.Rule;
import io.cachewright.optimizer.diagnose.RuleCard;
import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Situation;
import io.cachewright.optimizer.diagnose.Topic;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.profile.CommandRate;
import io.cachewright.optimizer.profile.KeyFamily;
import io.cachewright.optimizer.requirements.Requirements.Objective;
import io.cachewright.optimizer.rules.Figures;
import io.cachewright.optimizer.rules.Offence;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// TRD-K4: whole collections are read for their best or latest elements.
@AutoService(Rule.class)
public final class WholeCollectionRead implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "TRD-K4",
            "Whole collections are read where a part would do",
            Topic.TRADING,
            RuleCard.Scope.EVERY_NODE,
            Set.of(Need.WINDOW, Need.KEYSPACE),
            "HGETALL, LRANGE 0 -1 and the like cost time and output in proportion to the collection, on the thread that "
                    + "serves everyone; the reader then throws most of it away.",
            List.of(
                    "orbs-network/order-book",
                    "nautechsystems/nautilus_trader: LRANGE 0 -1 an update",
                    "measured on 2 × 500 levels: HGETALL and sort 14,700/s, the packed top 127,000/s"));

    /// Command → the type it reads.
    private static final Map<String, String> READS = Map.of(
            "hgetall",
            "hash",
            "hvals",
            "hash",
            "hkeys",
            "hash",
            "lrange",
            "list",
            "smembers",
            "set",
            "zrange",
            "zset",
            "zrevrange",
            "zset",
            "zrangebyscore",
            "zset",
            "xrange",
            "stream");

    /// A keyed read of a small value takes about 1 to 2 µs; this is a walk.
    private static final double WALK_MICROS = 12;

    private static final double SERVER_TIME_SHARE = 0.05;
    private static final double SERVER_TIME_SHARE_GRAVE = 0.25;
    private static final long LARGE_ELEMENTS = 100;

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        List<CommandRate> walks = Situation.known(situation.profile().commands()).stream()
                .filter(rate -> READS.containsKey(rate.name()) && rate.microsPerCall() >= WALK_MICROS)
                .filter(rate -> elements(situation, rate) >= LARGE_ELEMENTS)
                .toList();
        double share = walks.stream().mapToDouble(CommandRate::serverTimeShare).sum();
        if (walks.isEmpty() || share < SERVER_TIME_SHARE) {
            return new Verdict.Healthy(
                    "reads of whole large collections take " + Figures.percent(share) + " of the server's time");
        }
        FindingBuilder finding = situation
                .finding(CARD, share >= SERVER_TIME_SHARE_GRAVE ? Severity.HIGH : Severity.MEDIUM)
                .affects(Objective.LATENCY, Objective.THROUGHPUT);
        for (CommandRate rate : walks) {
            finding.seen(
                    rate.name().toUpperCase(Locale.ROOT) + " " + Figures.perSecond(rate.callsPerSecond()) + ", "
                            + Figures.micros(rate.microsPerCall()) + " a call, "
                            + Figures.percent(rate.serverTimeShare())
                            + " of the server's time; collections of up to " + Figures.count(elements(situation, rate))
                            + " elements",
                    "INFO commandstats, " + situation.windowSource() + "; sampled keys");
        }
        Set<String> types =
                walks.stream().map(rate -> READS.getOrDefault(rate.name(), "")).collect(Collectors.toSet());
        situation.families().stream()
                .filter(family -> types.contains(family.mainType()) && family.elementsMax() >= LARGE_ELEMENTS)
                .limit(5)
                .forEach(family -> finding.family(family.pattern()));
        CommandRate worst = walks.getFirst();
        long levels = elements(situation, worst);
        return finding.remedy(remedy("top-key", "Keep what is read in its own small key, or read a range")
                        .change(
                                new Change.ChangeClient(
                                        Practice.TOP_OF_BOOK_KEY,
                                        worst.name().toUpperCase(Locale.ROOT) + " of up to " + levels + " elements",
                                        "GET md:{I}:l2 (best levels, packed), HMGET of the fields needed, LRANGE or XREVRANGE with a count"))
                        .because(worst.name().toUpperCase(Locale.ROOT) + " takes "
                                + Figures.micros(worst.microsPerCall()) + " a call and "
                                + Figures.percent(worst.serverTimeShare()) + " of the server's time")
                        .expect(
                                Metric.SERVER_TIME,
                                -share,
                                -share * 0.88,
                                -share * 0.5,
                                "time of these reads in the window; a packed top is read 8.6 times as fast as HGETALL of 500 levels")
                        .risk(Risk.Level.LOW, "the writer keeps one more key, in the same batch")
                        .costs("the writer keeps a small key; readers change one call")
                        .serves(Objective.LATENCY, Objective.THROUGHPUT)
                        .harms(Objective.MEMORY)
                        .provedBy(new Experiment.ClientPractice(Practice.TOP_OF_BOOK_KEY, Map.of("levels", levels)))
                        .build())
                .verdict();
    }

    private static long elements(Situation situation, CommandRate rate) {
        return situation.families().stream()
                .filter(Offence.ofType(READS.getOrDefault(rate.name(), "")))
                .mapToLong(KeyFamily::elementsMax)
                .max()
                .orElse(0);
    }
}
