package io.cachewright.optimizer.rules.ttl;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;

import com.google.auto.service.AutoService;
import io.cachewright.optimizer.advice.Effect.Metric;
import io.cachewright.optimizer.advice.Remedy.Risk;
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
import java.util.Optional;
import java.util.Set;

/// EVI-09: keys whose time is over and that still fill the memory.
@AutoService(Rule.class)
public final class ExpiryBacklog implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "EVI-09",
            "Expired keys wait to be deleted",
            Topic.TTL_AND_EVICTION,
            RuleCard.Scope.PRIMARY,
            Set.of(Need.WINDOW, Need.CONFIG),
            "Expiry runs on the thread that serves everyone and stops at its share of time: what it does not reach stays "
                    + "in memory until someone asks for it, and is evicted or counted as data.",
            List.of("valkey: src/expire.c, activeExpireCycle", "valkey: valkey.conf, active-expire-effort"));

    /// The cycle aims at 10 % at effort 1.
    private static final double STALE_AIM = 10;

    private static final double STALE_GRAVE = 25;
    private static final int EFFORT_MAX = 10;

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        double stale = situation.decimal("expired_stale_perc");
        long capped = situation.growth("expired_time_cap_reached_count");
        Optional<String> effort = situation.optionalParameter("active-expire-effort");
        if (stale <= STALE_AIM) {
            return new Verdict.Healthy(
                    Figures.decimal(stale) + " % of keys with a lifetime are expired and not yet deleted");
        }
        FindingBuilder finding = situation
                .finding(CARD, stale >= STALE_GRAVE ? Severity.MEDIUM : Severity.LOW)
                .affects(Objective.MEMORY, Objective.LATENCY)
                .seen(
                        "about " + Figures.decimal(stale)
                                + " % of keys with a lifetime are expired and still there; the cycle ran out of time "
                                + Figures.count(capped) + " times",
                        "INFO expired_stale_perc and expired_time_cap_reached_count, " + situation.windowSource());
        int now = effort.map(Integer::parseInt).orElse(EFFORT_MAX);
        if (now >= EFFORT_MAX) {
            return finding.verdict();
        }
        int wanted = (int) Math.min(EFFORT_MAX, Math.max(now + 1, Math.round(now + (stale - STALE_AIM) / 5)));
        return finding.remedy(remedy("expire-harder", "Set active-expire-effort to " + wanted)
                        .change(situation.set("active-expire-effort", Integer.toString(wanted)))
                        .because("the cycle leaves " + Figures.decimal(stale) + " % behind at effort " + now
                                + ", and ran out of time " + capped + " times in the window")
                        .expect(
                                Metric.MEMORY,
                                -stale / 100,
                                -stale / 200,
                                0,
                                "share of expired keys, as far as keys with a lifetime fill the memory")
                        .expect(
                                Metric.P99,
                                -0.02,
                                0.02,
                                0.1,
                                "each step of effort may take 2 % more of one core (valkey: src/expire.c)")
                        .risk(Risk.Level.LOW, "expiry takes more time from commands while there is a backlog")
                        .costs("one CONFIG SET")
                        .serves(Objective.MEMORY)
                        .harms(Objective.LATENCY)
                        .provedByItsParameters()
                        .build())
                .verdict();
    }
}
