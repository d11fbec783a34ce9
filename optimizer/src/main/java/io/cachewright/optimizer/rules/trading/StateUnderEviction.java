package io.cachewright.optimizer.rules.trading;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;

import com.google.auto.service.AutoService;
import io.cachewright.domain.UseCase;
import io.cachewright.optimizer.advice.Change;
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
import io.cachewright.optimizer.profile.KeyFamily;
import io.cachewright.optimizer.requirements.Requirements.Objective;
import io.cachewright.optimizer.rules.Figures;
import io.cachewright.optimizer.rules.Offence;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// TRD-E1: orders, limits and locks where the server may evict them.
@AutoService(Rule.class)
public final class StateUnderEviction implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "TRD-E1",
            "Orders, positions, limits or locks may be evicted",
            Topic.TRADING,
            RuleCard.Scope.PRIMARY,
            Set.of(Need.INFO, Need.CONFIG, Need.KEYSPACE),
            "Eviction does not know an order from a ticker: at the busiest moment market data fills the memory and a "
                    + "limit, a lock or an idempotency key is gone, without an error.",
            List.of("valkey: src/evict.c", "valkey: valkey.conf, maxmemory-policy"));

    private static final Predicate<KeyFamily> STATE = Offence.holding(
                    UseCase.POSITIONS,
                    UseCase.RISK_LIMITS,
                    UseCase.ORDERS,
                    UseCase.IDEMPOTENCY,
                    UseCase.FIX_SESSION,
                    UseCase.LOCKS)
            .and(family -> family.confidence() >= 0.6);

    /// Of market data in bytes: without it nothing but the state itself fills the memory.
    private static final Predicate<KeyFamily> MARKET_DATA =
            Offence.holding(UseCase.TOP_OF_BOOK, UseCase.DEPTH, UseCase.TAPE, UseCase.CANDLES, UseCase.TICKER);

    /// Near the limit noeviction refuses writes of orders because of market data.
    private static final double NEARLY_FULL = 0.7;

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        List<KeyFamily> state = situation.families().stream().filter(STATE).toList();
        if (state.isEmpty()) {
            return new Verdict.NotApplicable("no orders, positions, limits, locks or sessions of FIX in the sample");
        }
        String policy = situation.parameter("maxmemory-policy");
        long limit = situation.parameterNumber("maxmemory");
        long evicted = situation.optionalGrowth("evicted_keys").orElse(0L);
        boolean shared = Offence.concerns(situation, MARKET_DATA);
        double used = limit == 0 ? 0 : (double) situation.number("used_memory") / limit;
        boolean evictable = policy.startsWith("allkeys")
                || (policy.startsWith("volatile") && state.stream().anyMatch(family -> family.withoutTtlShare() < 1));
        boolean crowdedOut = policy.equals("noeviction") && shared && used >= NEARLY_FULL;
        if (!evictable && !crowdedOut) {
            return new Verdict.Healthy("policy " + policy + " keeps " + state.size() + " families of state");
        }
        FindingBuilder finding = situation
                .finding(
                        CARD,
                        evictable && evicted > 0
                                ? Severity.CRITICAL
                                : evictable && limit > 0 ? Severity.HIGH : Severity.MEDIUM)
                .affects(Objective.DURABILITY, Objective.CONSISTENCY)
                .seen(
                        "maxmemory-policy " + policy + ", maxmemory "
                                + (limit == 0 ? "0 (no limit)" : Figures.bytes(limit)) + ", " + Figures.percent(used)
                                + " used, " + Figures.count(evicted) + " keys evicted in the window",
                        "CONFIG GET, INFO memory and stats");
        if (crowdedOut) {
            finding.title("Market data can fill the memory that orders and limits need");
        }
        for (KeyFamily family : state) {
            finding.seen(Offence.name(family), "sampled keys").family(family.pattern());
        }
        return finding.remedy(separate(policy, used, shared))
                .remedy(volatileOnly(situation, policy, state))
                .verdict();
    }

    private static Remedy separate(String policy, double used, boolean shared) {
        return remedy(
                        "separate-instance",
                        "Move orders, positions, limits and locks to a server of their own that never evicts")
                .change(new Change.ChangeTopology(
                        "orders and risk",
                        "one server with " + policy + (shared ? ", shared with market data" : ""),
                        "a second server: noeviction, appendonly yes, a replica and min-replicas-to-write 1",
                        "write both, compare, read from the new one, stop writing the old one, within a closed session",
                        "read from the old one again; it is still written until the last step"))
                .because("the server uses " + Figures.percent(used) + " of its limit under " + policy
                        + "; only a server without market data can both keep orders and let market data go")
                .protects("no burst of market data can take an order, a limit or a lock")
                .risk(Risk.Level.MEDIUM, "clients of orders and risk get a second address")
                .costs("a second server and its replica; one migration")
                .serves(Objective.DURABILITY, Objective.CONSISTENCY, Objective.LATENCY)
                .harms(Objective.COST)
                .notProvable("what eviction takes depends on the hour")
                .build();
    }

    private static Remedy[] volatileOnly(Situation situation, String policy, List<KeyFamily> state) {
        boolean stateExpires = state.stream().anyMatch(family -> family.withoutTtlShare() < 1);
        if (!policy.startsWith("allkeys") || stateExpires) {
            return new Remedy[0];
        }
        return new Remedy[] {
            remedy("volatile-ttl", "Until then, evict only keys with a lifetime: volatile-ttl")
                    .change(situation.set("maxmemory-policy", "volatile-ttl"))
                    .because("none of the sampled keys of " + state.size()
                            + " families of state has a lifetime, so none could be evicted")
                    .protects("keys without a lifetime stay")
                    .risk(
                            Risk.Level.MEDIUM,
                            "market data without a lifetime is kept too, and writes are refused once only such keys are left")
                    .costs("one CONFIG SET; market data needs lifetimes")
                    .serves(Objective.DURABILITY, Objective.CONSISTENCY)
                    .harms(Objective.MEMORY)
                    .notProvable("what eviction takes depends on the hour")
                    .build()
        };
    }
}
