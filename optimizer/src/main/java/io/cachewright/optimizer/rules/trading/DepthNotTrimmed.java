package io.cachewright.optimizer.rules.trading;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;

import com.google.auto.service.AutoService;
import io.cachewright.domain.UseCase;
import io.cachewright.optimizer.advice.Change;
import io.cachewright.optimizer.advice.Effect.Metric;
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
import io.cachewright.optimizer.profile.KeyFamily;
import io.cachewright.optimizer.requirements.Requirements.Objective;
import io.cachewright.optimizer.rules.Figures;
import io.cachewright.optimizer.rules.Offence;
import java.util.List;
import java.util.Set;

/// TRD-B5: books that grow beyond what their feed keeps right.
@AutoService(Rule.class)
public final class DepthNotTrimmed implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "TRD-B5",
            "Books grow beyond the depth that their feed keeps right",
            Topic.TRADING,
            RuleCard.Scope.EVERY_NODE,
            Set.of(Need.KEYSPACE),
            "A feed of a given depth says nothing about levels that fall out of it. Not trimmed, they stay as stale "
                    + "liquidity, break the venue's checksum, and make every read of the book slower.",
            List.of(
                    "XChange pull request 4571",
                    "recorded perpetual book: 1,000 to about 5,000 levels a side in 345 s"));

    /// The usual snapshot of venues; deeper subscriptions exist and cost a multiple of the request weight.
    private static final long SNAPSHOT_LEVELS = 1_000;

    /// What is kept for consumers outside the feed handler: up to here a hash stays compact with the defaults.
    private static final long KEPT_LEVELS = 100;

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        List<KeyFamily> books = situation.families().stream()
                .filter(Offence.holding(UseCase.DEPTH))
                .filter(family ->
                        family.mainType().equals("hash") || family.mainType().equals("zset"))
                .toList();
        if (books.isEmpty()) {
            return new Verdict.NotApplicable("no book is kept level by level");
        }
        List<KeyFamily> deep = books.stream()
                .filter(family -> family.elementsMax() > SNAPSHOT_LEVELS)
                .toList();
        long deepest = books.stream().mapToLong(KeyFamily::elementsMax).max().orElse(0);
        if (deep.isEmpty()) {
            return new Verdict.Healthy("the deepest sampled side has " + Figures.count(deepest) + " levels");
        }
        FindingBuilder finding = situation
                .finding(CARD, Severity.MEDIUM)
                .affects(Objective.CONSISTENCY, Objective.MEMORY, Objective.LATENCY);
        for (KeyFamily family : deep) {
            finding.seen(
                            Offence.name(family) + ": up to " + Figures.count(family.elementsMax()) + " levels, "
                                    + Figures.bytes(family.bytesMax()) + " in one key",
                            "HLEN, ZCARD and MEMORY USAGE of sampled keys")
                    .family(family.pattern());
        }
        double kept = (double) KEPT_LEVELS / deepest;
        return finding.remedy(remedy(
                                "trim-depth",
                                "Trim each side after every message, and keep at most " + KEPT_LEVELS
                                        + " levels in the cache")
                        .change(new Change.ChangeClient(
                                Practice.TRIM_DEPTH,
                                "up to " + deepest + " levels a side, never trimmed",
                                "the feed handler trims to its subscription; the cache holds the best " + KEPT_LEVELS))
                        .because("the deepest side has " + Figures.count(deepest) + " levels, a usual snapshot "
                                + Figures.count(SNAPSHOT_LEVELS) + "; what lies beyond is never updated again")
                        .expect(
                                Metric.MEMORY,
                                -(1 - kept),
                                -(1 - kept) / 2,
                                0,
                                "levels kept against levels seen, for these families only")
                        .protects("levels that the venue dropped are dropped here")
                        .risk(Risk.Level.LOW, "a consumer of the deep book needs the feed or its own key")
                        .costs("a few lines in the feed handler")
                        .serves(Objective.CONSISTENCY, Objective.MEMORY, Objective.LATENCY)
                        .notProvable("which levels are stale only the venue can tell")
                        .build())
                .verdict();
    }
}
