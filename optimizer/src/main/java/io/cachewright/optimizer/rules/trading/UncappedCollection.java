package io.cachewright.optimizer.rules.trading;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;

import com.google.auto.service.AutoService;
import io.cachewright.domain.UseCase;
import io.cachewright.optimizer.advice.Change;
import io.cachewright.optimizer.advice.Effect.Metric;
import io.cachewright.optimizer.advice.Experiment;
import io.cachewright.optimizer.advice.Practice;
import io.cachewright.optimizer.advice.Remedy.Risk;
import io.cachewright.optimizer.advice.RemedyBuilder;
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
import java.util.Map;
import java.util.Set;

/// TRD-M1: lists, sorted sets and streams that only grow.
@AutoService(Rule.class)
public final class UncappedCollection implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "TRD-M1",
            "Tapes and queues grow without a cap",
            Topic.TRADING,
            RuleCard.Scope.PRIMARY,
            Set.of(Need.WINDOW, Need.KEYSPACE),
            "What is appended and never trimmed fills the memory at the rate of the busiest day, and is evicted or "
                    + "refuses writes then; deleting it blocks the server.",
            List.of("bmoscon/cryptofeed: XADD without MAXLEN", "lisk-explorer issue 416: a key above 4 GB"));

    /// Shorter collections cost little whatever becomes of them.
    private static final long ELEMENTS_MIN = 500;

    /// Streams under one MAXLEN end at one length, give or take a node of 100 entries.
    private static final double SAME_LENGTH = 1.3;

    private static final Map<String, List<String>> ADDS = Map.of(
            "list", List.of("lpush", "rpush", "lpushx", "rpushx", "linsert"),
            "zset", List.of("zadd", "zincrby"),
            "stream", List.of("xadd"));

    private static final Map<String, List<String>> REMOVES = Map.of(
            "list", List.of("ltrim", "lpop", "rpop", "lrem", "lmpop", "blpop", "brpop", "lmove", "blmove", "rpoplpush"),
            "zset",
                    List.of(
                            "zrem",
                            "zremrangebyscore",
                            "zremrangebyrank",
                            "zremrangebylex",
                            "zpopmin",
                            "zpopmax",
                            "zmpop"),
            "stream", List.of("xtrim", "xdel"));

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        Situation.known(situation.profile().commands());
        List<KeyFamily> uncapped = situation.families().stream()
                .filter(family -> ADDS.containsKey(family.mainType()))
                .filter(family -> family.useCase() != UseCase.DEPTH && family.useCase() != UseCase.TOP_OF_BOOK)
                .filter(family -> !(family.withoutTtlShare() < 1) && family.elementsMax() >= ELEMENTS_MIN)
                .filter(family -> rate(situation, ADDS, family) > 0 && rate(situation, REMOVES, family) == 0)
                .filter(family -> !endsAtOneLength(family))
                .toList();
        if (uncapped.isEmpty()) {
            return new Verdict.Healthy("no sampled collection of " + ELEMENTS_MIN + " elements or more only grows");
        }
        double bytes = uncapped.stream().mapToLong(KeyFamily::estimatedBytes).sum();
        double share = bytes / Math.max(1, situation.number("used_memory"));
        FindingBuilder finding = situation
                .finding(CARD, share >= 0.25 ? Severity.HIGH : Severity.MEDIUM)
                .affects(Objective.MEMORY, Objective.OPERATIONS);
        for (KeyFamily family : uncapped.subList(0, Math.min(5, uncapped.size()))) {
            double adds = rate(situation, ADDS, family);
            finding.seen(
                            Offence.name(family) + ": up to " + Figures.count(family.elementsMax())
                                    + " elements, none expires; " + Figures.perSecond(adds) + " added to all "
                                    + family.mainType() + "s, none removed",
                            "sampled keys; INFO commandstats, " + situation.windowSource())
                    .family(family.pattern());
        }
        KeyFamily largest = uncapped.getFirst();
        double perElement = (double) largest.bytesMax() / Math.max(1, largest.elementsMax());
        double perDay = rate(situation, ADDS, largest) * perElement * 86_400;
        RemedyBuilder remedy = remedy(
                        "cap",
                        "Cap by count and by time: XADD MAXLEN ~ N, or LTRIM and ZREMRANGEBYRANK in the same batch")
                .change(new Change.ChangeClient(
                        Practice.CAPPED_STREAM,
                        "appended without a cap, up to " + Figures.count(largest.elementsMax()) + " elements",
                        "XADD key MAXLEN ~ N; and a lease, so that the tape of a delisted instrument goes by itself"));
        return finding.remedy(remedy.because(
                                Figures.count(largest.elementsMax()) + " elements of about " + Figures.bytes(perElement)
                                        + "; at today's rate about " + Figures.bytes(perDay) + " a day")
                        .expect(
                                Metric.MEMORY,
                                -share,
                                -share * 0.5,
                                0,
                                "memory of these families today; the cap decides how much stays")
                        .protects("memory no longer grows with the length of the day")
                        .risk(
                                Risk.Level.LOW,
                                "older entries are gone from the cache: whoever needs them reads the archive")
                        .costs("one argument in the writer; one trim of what is there, in steps")
                        .serves(Objective.MEMORY, Objective.OPERATIONS)
                        .provedBy(new Experiment.ClientPractice(
                                Practice.CAPPED_STREAM,
                                Map.of("entries", largest.elementsMax(), "bytes", Math.max(1, Math.round(perElement)))))
                        .build())
                .verdict();
    }

    private static double rate(Situation situation, Map<String, List<String>> commands, KeyFamily family) {
        return commands.getOrDefault(family.mainType(), List.of()).stream()
                .flatMap(name -> situation.profile().command(name).stream())
                .mapToDouble(CommandRate::callsPerSecond)
                .sum();
    }

    private static boolean endsAtOneLength(KeyFamily family) {
        if (!family.mainType().equals("stream") || family.sampled().size() < 2) {
            return false;
        }
        long least = family.sampled().stream()
                .mapToLong(key -> key.elements().orElse(0L))
                .min()
                .orElse(0);
        return family.elementsMax() <= SAME_LENGTH * least;
    }
}
