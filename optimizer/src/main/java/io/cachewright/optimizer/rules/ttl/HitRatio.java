package io.cachewright.optimizer.rules.ttl;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;

import com.google.auto.service.AutoService;
import io.cachewright.optimizer.advice.Change;
import io.cachewright.optimizer.advice.Effect.Metric;
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
import io.cachewright.optimizer.requirements.Requirements.Objective;
import io.cachewright.optimizer.rules.Figures;
import java.util.List;
import java.util.Set;

/// EVI-06: reads that do not find their key, within the window.
@AutoService(Rule.class)
public final class HitRatio implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "EVI-06",
            "Many reads do not find their key",
            Topic.TTL_AND_EVICTION,
            RuleCard.Scope.PRIMARY,
            Set.of(Need.WINDOW),
            "Each miss is a trip to the source, usually a hundred times slower, and at the open they come together.",
            List.of("peers: EVI-06, over the window and by its cause"));

    /// Below this the source does more than a quarter as many reads again as the cache answers.
    private static final double GOOD = 0.8;

    /// So few reads say nothing about a cache.
    private static final double LOOKUPS_PER_SECOND = 10;

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        double lookups = situation.rate("keyspace_hits") + situation.rate("keyspace_misses");
        if (lookups < LOOKUPS_PER_SECOND) {
            return new Verdict.NotApplicable(Figures.perSecond(lookups) + " lookups");
        }
        double ratio = Situation.known(situation.profile().hitRatio());
        if (ratio >= GOOD) {
            return new Verdict.Healthy(Figures.percent(ratio) + " of reads found their key");
        }
        double misses = situation.rate("keyspace_misses");
        double evicted = situation.window().rate("evicted_keys").orElse(0.0);
        double expired = situation.window().rate("expired_keys").orElse(0.0);
        boolean lost = evicted + expired >= misses * 0.1;
        FindingBuilder finding = situation
                .finding(CARD, lost ? Severity.MEDIUM : Severity.LOW)
                .affects(Objective.LATENCY)
                .seen(
                        Figures.percent(ratio) + " of " + Figures.perSecond(lookups) + " reads found their key",
                        "INFO keyspace_hits and keyspace_misses, " + situation.windowSource())
                .seen(
                        Figures.perSecond(misses) + " misses beside " + Figures.perSecond(evicted) + " evicted and "
                                + Figures.perSecond(expired) + " expired keys: "
                                + (lost
                                        ? "keys go before they are read again"
                                        : "most of what is asked for was never there"),
                        "INFO stats, " + situation.windowSource());
        RemedyBuilder remedy = lost
                ? remedy("longer-lifetimes", "Let keys live as long as they are read, and refresh them before they end")
                        .change(new Change.ChangeClient(
                                Practice.SESSION_TTL,
                                "lifetimes shorter than the time between reads",
                                "lifetime by use; refresh ahead of expiry"))
                : remedy("negative-caching", "Remember for a short time that there is nothing")
                        .change(new Change.ChangeClient(
                                Practice.NEAR_CACHE,
                                "every read of an unknown key asks the server and the source",
                                "a near-cache answers repeated reads, also with \"nothing there\" for a second"));
        return finding.remedy(remedy.because(Figures.perSecond(misses) + " reads miss; with "
                                + Figures.perSecond(evicted + expired) + " keys lost in the same time")
                        .expect(
                                Metric.HIT_RATIO,
                                0,
                                (1 - ratio) / 2,
                                1 - ratio,
                                "between no use and no miss at all; a capture tells it exactly")
                        .protects("the source no longer sees the same question again and again")
                        .risk(Risk.Level.LOW, "a remembered \"nothing\" may be up to a second old")
                        .costs("readers change")
                        .serves(Objective.LATENCY)
                        .notProvable("which keys are asked for in vain only a capture tells")
                        .build())
                .verdict();
    }
}
