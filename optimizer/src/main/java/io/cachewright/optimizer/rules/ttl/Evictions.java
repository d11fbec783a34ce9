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

/// EVI-01: keys evicted within the window, judged by what they cost.
@AutoService(Rule.class)
public final class Evictions implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "EVI-01",
            "Keys are evicted while they are still wanted",
            Topic.TTL_AND_EVICTION,
            RuleCard.Scope.PRIMARY,
            Set.of(Need.WINDOW, Need.CONFIG),
            "Each evicted key that is read again is a miss, a trip to the source, and work on the thread that serves "
                    + "everyone; in a burst they come together.",
            List.of("valkey: src/evict.c", "peers: EVI-01, judged over a window instead of since the start"));

    /// A cache at its limit evicts as much as it takes in; below this share of the commands nobody notices.
    private static final double SHARE_OF_COMMANDS = 0.01;

    private static final double HIT_RATIO_POOR = 0.9;
    private static final double MORE_MEMORY = 1.25;
    private static final long ROUNDED_TO = 16L << 20;

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        String policy = situation.parameter("maxmemory-policy");
        if (policy.equals("noeviction")) {
            return new Verdict.NotApplicable("policy noeviction never evicts");
        }
        long evicted = situation.growth("evicted_keys");
        if (evicted == 0) {
            return new Verdict.Healthy("no key was evicted within the window");
        }
        double rate = situation.rate("evicted_keys");
        double commands = Situation.known(situation.profile().opsPerSecond());
        Optional<Double> hits = situation.profile().hitRatio().toOptional();
        boolean missed = hits.filter(ratio -> ratio < HIT_RATIO_POOR).isPresent();
        boolean noticed = rate >= SHARE_OF_COMMANDS * commands;
        Severity severity = missed && noticed ? Severity.HIGH : missed || noticed ? Severity.MEDIUM : Severity.INFO;
        long limit = situation.parameterNumber("maxmemory");
        long wanted = Math.ceilDiv((long) (limit * MORE_MEMORY), ROUNDED_TO) * ROUNDED_TO;
        FindingBuilder finding = situation
                .finding(CARD, severity)
                .affects(Objective.LATENCY, Objective.MEMORY)
                .seen(
                        Figures.count(evicted) + " keys evicted, " + Figures.perSecond(rate) + " beside "
                                + Figures.perSecond(commands) + " commands; policy " + policy + ", maxmemory "
                                + Figures.bytes(limit),
                        "INFO stats, " + situation.windowSource());
        hits.ifPresent(ratio -> finding.seen(
                Figures.percent(ratio) + " of reads found their key", "INFO stats, " + situation.windowSource()));
        if (severity == Severity.INFO) {
            return finding.title("Eviction works and costs little").verdict();
        }
        double missShare = 1 - hits.orElse(1.0);
        return finding.remedy(remedy("raise-maxmemory", "Set maxmemory to " + Figures.bytes(wanted))
                        .change(situation.set("maxmemory", Long.toString(wanted)))
                        .because(Figures.perSecond(rate) + " keys leave a server of " + Figures.bytes(limit)
                                + "; a quarter more keeps the next ones in line")
                        .expect(
                                Metric.HIT_RATIO,
                                0,
                                missShare * 0.25,
                                missShare,
                                "between no use and no miss at all; the miss-ratio curve of a capture tells it exactly")
                        .protects("fewer keys leave before they are read again")
                        .risk(
                                Risk.Level.MEDIUM,
                                "the machine needs " + Figures.bytes(wanted - limit)
                                        + " more, and twice that while it forks")
                        .costs("one CONFIG SET, no restart; memory")
                        .serves(Objective.LATENCY)
                        .harms(Objective.COST, Objective.MEMORY)
                        .provedByItsParameters()
                        .build())
                .verdict();
    }
}
