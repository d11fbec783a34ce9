package io.cachewright.optimizer.rules.ttl;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;

import com.google.auto.service.AutoService;
import io.cachewright.optimizer.advice.Change;
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
import io.cachewright.optimizer.rules.Role;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// EVI-03: a volatile policy with next to nothing it may evict.
@AutoService(Rule.class)
public final class VolatileWithoutLifetimes implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "EVI-03",
            "The policy may evict only keys with a lifetime, and hardly any has one",
            Topic.TTL_AND_EVICTION,
            RuleCard.Scope.PRIMARY,
            Set.of(Need.INFO, Need.CONFIG),
            "At the limit the few keys with a lifetime go, however much they are wanted, and then writes are refused as "
                    + "under noeviction.",
            List.of("valkey: src/evict.c, volatile policies", "peers: EVI-03"));

    private static final double EXPIRING_SHARE_MIN = 0.1;
    private static final double NEARLY_FULL = 0.8;

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        String policy = situation.parameter("maxmemory-policy");
        long limit = situation.parameterNumber("maxmemory");
        if (!policy.startsWith("volatile") || limit == 0) {
            return new Verdict.NotApplicable("policy " + policy + ", maxmemory " + limit);
        }
        long keys = 0;
        long expiring = 0;
        for (String field : situation.info().fields().keySet()) {
            if (field.matches("db\\d+")) {
                Map<String, String> parts = Situation.known(situation.info().parts(field));
                keys += Long.parseLong(parts.getOrDefault("keys", "0"));
                expiring += Long.parseLong(parts.getOrDefault("expires", "0"));
            }
        }
        double share = keys == 0 ? 1 : (double) expiring / keys;
        if (share >= EXPIRING_SHARE_MIN) {
            return new Verdict.Healthy(Figures.percent(share) + " of the keys have a lifetime");
        }
        double used = (double) situation.number("used_memory") / limit;
        FindingBuilder finding = situation
                .finding(CARD, used >= NEARLY_FULL ? Severity.HIGH : Severity.MEDIUM)
                .affects(Objective.OPERATIONS, Objective.MEMORY)
                .seen(
                        Figures.count(expiring) + " of " + Figures.count(keys) + " keys have a lifetime under " + policy
                                + ", " + Figures.percent(used) + " of maxmemory used",
                        "INFO keyspace and memory, CONFIG GET");
        RemedyBuilder any = remedy("evict-any", "Evict the least used of all keys: allkeys-lfu")
                .change(situation.set("maxmemory-policy", "allkeys-lfu"))
                .because("only " + Figures.percent(share) + " of the keys can be evicted")
                .protects("at the limit the least used keys go, and writes go on")
                .risk(Risk.Level.MEDIUM, "any key may go, so it fits only where every key can be rebuilt")
                .costs("one CONFIG SET")
                .serves(Objective.OPERATIONS, Objective.MEMORY)
                .harms(Objective.DURABILITY)
                .provedByItsParameters();
        RemedyBuilder lifetimes = remedy("add-lifetimes", "Give ephemeral keys a lifetime")
                .change(new Change.ChangeClient(
                        Practice.SET_WITH_TTL,
                        "SET without a lifetime",
                        "SET … PX for whatever a feed or a database can bring back"))
                .because(Figures.count(keys - expiring) + " keys never expire, so the policy cannot touch them")
                .protects("the policy has something to evict, and state without a lifetime stays")
                .risk(Risk.Level.LOW, "a lifetime that is too short is a miss")
                .costs("writers change")
                .serves(Objective.OPERATIONS, Objective.MEMORY)
                .notProvable("the writers of these keys are not part of a shadow");
        return switch (Role.of(situation)) {
            case CACHE -> finding.remedy(any.build(), lifetimes.build()).verdict();
            case RECORD, UNKNOWN ->
                finding.remedy(lifetimes.build(), any.build()).verdict();
        };
    }
}
