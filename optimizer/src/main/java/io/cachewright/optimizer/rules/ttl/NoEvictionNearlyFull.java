package io.cachewright.optimizer.rules.ttl;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;

import com.google.auto.service.AutoService;
import io.cachewright.optimizer.advice.Remedy;
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
import io.cachewright.optimizer.rules.Role;
import java.util.List;
import java.util.Set;

/// EVI-02: a server that will refuse writes soon.
@AutoService(Rule.class)
public final class NoEvictionNearlyFull implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "EVI-02",
            "The server is about to refuse writes",
            Topic.TTL_AND_EVICTION,
            RuleCard.Scope.PRIMARY,
            Set.of(Need.WINDOW, Need.CONFIG),
            "Under noeviction a full server answers every write with an OOM error: books stop, orders fail, and reads "
                    + "go on as if nothing were wrong.",
            List.of("valkey: valkey.conf, maxmemory-policy", "peers: EVI-02"));

    private static final double NEARLY_FULL = 0.8;
    private static final double FULL = 0.95;
    private static final double MORE_MEMORY = 1.5;
    private static final long ROUNDED_TO = 16L << 20;

    /// Growth seen in a window says something about the next twenty of them, and nothing about tomorrow.
    private static final int WINDOWS_AHEAD = 20;

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        String policy = situation.parameter("maxmemory-policy");
        long limit = situation.parameterNumber("maxmemory");
        if (!policy.equals("noeviction") || limit == 0) {
            return new Verdict.NotApplicable("policy " + policy + ", maxmemory " + limit);
        }
        double used = (double) situation.number("used_memory") / limit;
        long refused = situation.window().growth("errorstat_OOM", "count").orElse(0L);
        // Memory may fall within the window, which no counter does, so the readings are subtracted here.
        double growth = (situation.number("used_memory")
                        - situation.window().first().number("used_memory").orElse(situation.number("used_memory")))
                / Math.max(1e-3, situation.window().length().toMillis() / 1e3);
        double secondsLeft = growth <= 0 ? Double.POSITIVE_INFINITY : limit * (1 - used) / growth;
        boolean soonFull =
                secondsLeft <= WINDOWS_AHEAD * situation.window().length().toSeconds();
        if (used < NEARLY_FULL && refused == 0 && !soonFull) {
            return new Verdict.Healthy(Figures.percent(used) + " of maxmemory used");
        }
        long wanted = Math.ceilDiv((long) (limit * MORE_MEMORY), ROUNDED_TO) * ROUNDED_TO;
        FindingBuilder finding = situation
                .finding(
                        CARD,
                        refused > 0 ? Severity.CRITICAL : used >= FULL || soonFull ? Severity.HIGH : Severity.MEDIUM)
                .affects(Objective.OPERATIONS, Objective.DURABILITY)
                .seen(
                        Figures.percent(used) + " of maxmemory " + Figures.bytes(limit) + " used under noeviction; "
                                + Figures.count(refused) + " writes refused",
                        "INFO memory and errorstats, " + situation.windowSource());
        if (soonFull) {
            finding.seen(
                    "growing by " + Figures.bytes(growth) + " a second: full in " + Figures.decimal(secondsLeft / 60)
                            + " minutes at this rate",
                    situation.windowSource());
        }
        return finding.remedy(remedy("raise-maxmemory", "Set maxmemory to " + Figures.bytes(wanted))
                        .change(situation.set("maxmemory", Long.toString(wanted)))
                        .because(Figures.percent(used) + " of " + Figures.bytes(limit)
                                + " are used, and nothing makes room")
                        .protects("writes go on through the next burst")
                        .risk(
                                Risk.Level.MEDIUM,
                                "the machine needs " + Figures.bytes(wanted - limit) + " more, and room for a fork")
                        .costs("one CONFIG SET, no restart; memory; an alert at " + Figures.percent(NEARLY_FULL))
                        .serves(Objective.OPERATIONS, Objective.DURABILITY)
                        .harms(Objective.COST)
                        .notProvable("a limit shows when it is reached")
                        .build())
                .remedy(evict(situation, used))
                .verdict();
    }

    private static Remedy[] evict(Situation situation, double used) {
        if (Role.of(situation) == Role.RECORD) {
            return new Remedy[0];
        }
        return new Remedy[] {
            remedy("evict-expiring", "Let keys with a lifetime go first: volatile-ttl")
                    .change(situation.set("maxmemory-policy", "volatile-ttl"))
                    .because(Figures.percent(used) + " are used; keys that will expire anyway make room")
                    .protects("writes go on as long as keys with a lifetime are left")
                    .risk(Risk.Level.MEDIUM, "whatever has a lifetime may go earlier, locks and idempotency keys too")
                    .costs("one CONFIG SET")
                    .serves(Objective.OPERATIONS)
                    .harms(Objective.CONSISTENCY)
                    .notProvable("a limit shows when it is reached")
                    .build()
        };
    }
}
