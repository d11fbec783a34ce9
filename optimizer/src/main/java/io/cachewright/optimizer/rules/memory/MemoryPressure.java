package io.cachewright.optimizer.rules.memory;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;

import com.google.auto.service.AutoService;
import io.cachewright.domain.ByteSize;
import io.cachewright.domain.Durations;
import io.cachewright.optimizer.advice.Remedy;
import io.cachewright.optimizer.diagnose.FindingBuilder;
import io.cachewright.optimizer.diagnose.Need;
import io.cachewright.optimizer.diagnose.Rule;
import io.cachewright.optimizer.diagnose.RuleCard;
import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Situation;
import io.cachewright.optimizer.diagnose.Topic;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.requirements.Requirements.Objective;
import io.cachewright.optimizer.rules.MemoryBudget;
import io.cachewright.optimizer.rules.Role;
import io.cachewright.optimizer.rules.Share;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// MEM-02: a server that may not evict runs out of its limit. One that evicts any key is meant to be full.
@AutoService(Rule.class)
public final class MemoryPressure implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "MEM-02",
            "The server runs out of its memory limit and may not evict",
            Topic.MEMORY,
            RuleCard.Scope.EVERY_NODE,
            Set.of(Need.INFO, Need.WINDOW, Need.CONFIG),
            "At the limit every write fails with OOM: quotes stop, orders are not recorded, while reads go on and "
                    + "make the server look alive.",
            List.of("valkey: src/evict.c", "Redis Software observability guide", "redis_exporter mixin"));

    /// What is left must take one rehash of the key table and a burst of client buffers.
    private static final double HEADROOM_MIN = 0.1;

    /// Time for people to notice an alert and act.
    private static final Duration TIME_TO_ACT = Duration.ofHours(1);

    /// One trading day: a server that fills within it needs its limit changed before the next.
    private static final Duration TRADING_DAY = Duration.ofHours(24);

    private static final double RAISE = 1.3;

    private static final long ROUNDED_TO = 16L << 20;

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        long limit = situation.parameterNumber("maxmemory");
        if (limit == 0) {
            return new Verdict.NotApplicable("maxmemory is 0, so there is no limit to reach");
        }
        String policy = situation.parameter("maxmemory-policy");
        long counted = situation.number("used_memory")
                - situation.optionalNumber("mem_not_counted_for_evict").orElse(0L);
        double share = (double) counted / limit;
        String fill = "used " + Share.text(share) + " of maxmemory " + new ByteSize(limit);
        if (policy.startsWith("allkeys")) {
            return new Verdict.Healthy(fill + ", and " + policy + " evicts when it is full");
        }
        long refused =
                situation.window().growth("errorstat_OOM", "count").toOptional().orElse(0L);
        Optional<Duration> full = timeToFull(situation, limit - counted);
        boolean fillsSoon = full.filter(left -> left.compareTo(TRADING_DAY) < 0).isPresent() && share > 0.5;
        if (refused == 0 && share < 1 - HEADROOM_MIN && !fillsSoon) {
            return new Verdict.Healthy(fill);
        }
        FindingBuilder finding = situation
                .finding(CARD, severity(refused, share, full))
                .affects(Objective.MEMORY, Objective.OPERATIONS)
                .seen(fill + ", policy " + policy, "INFO memory, CONFIG GET maxmemory-policy");
        full.ifPresent(left -> finding.seen(
                "full in " + Durations.format(left.truncatedTo(java.time.temporal.ChronoUnit.SECONDS))
                        + " if the growth of the window goes on",
                situation.windowSource()));
        if (refused > 0) {
            finding.seen(refused + " commands refused with OOM", situation.windowSource());
        }
        return finding.remedy(remedies(situation, limit, fill)).verdict();
    }

    private static Severity severity(long refused, double share, Optional<Duration> full) {
        if (refused > 0) {
            return Severity.CRITICAL;
        }
        boolean soon = full.filter(left -> left.compareTo(TIME_TO_ACT) < 0).isPresent();
        return soon || share > 0.98 ? Severity.HIGH : Severity.MEDIUM;
    }

    /// Empty when memory does not grow.
    private static Optional<Duration> timeToFull(Situation situation, long left) {
        long grown = situation.number("used_memory")
                - situation.window().first().number("used_memory").orElse(0L);
        if (grown <= 0) {
            return Optional.empty();
        }
        double seconds =
                Math.max(0, left) / (grown / (situation.window().length().toNanos() / 1e9));
        return Optional.of(Duration.ofSeconds((long) Math.min(seconds, 1e9)));
    }

    private static Remedy[] remedies(Situation situation, long limit, String fill) {
        Remedy raise = raise(situation, limit, fill);
        return switch (Role.of(situation)) {
            case CACHE -> new Remedy[] {evict(situation, fill), raise};
            case RECORD -> new Remedy[] {raise};
            case UNKNOWN -> new Remedy[] {raise, evict(situation, fill)};
        };
    }

    private static Remedy raise(Situation situation, long limit, String fill) {
        long wanted = Math.ceilDiv((long) (limit * RAISE), ROUNDED_TO) * ROUNDED_TO;
        Optional<MemoryBudget> budget = MemoryBudget.of(situation);
        boolean fits = budget.isEmpty() || budget.get().ceiling() >= wanted;
        String room = budget.map(seen -> "; the machine bears " + seen.arithmetic())
                .orElse("; the machine cannot be seen from here, check its free memory first");
        return remedy("raise-maxmemory", "Raise maxmemory to " + new ByteSize(wanted).toConfig())
                .change(situation.set("maxmemory", Long.toString(wanted)))
                .because(fill + room)
                .protects("writes go on for another " + new ByteSize(wanted - limit) + " of data")
                .risk(
                        fits ? Remedy.Risk.Level.LOW : Remedy.Risk.Level.HIGH,
                        fits
                                ? "more memory of the machine is used"
                                : "this machine has no room for it with a fork: move to a larger one first")
                .costs(new ByteSize(wanted - limit) + " of memory")
                .serves(Objective.MEMORY, Objective.OPERATIONS)
                .harms(Objective.COST)
                .notProvable("a limit changes nothing before it is reached")
                .build();
    }

    private static Remedy evict(Situation situation, String fill) {
        return remedy("evict", "Evict the least used keys at the limit")
                .change(situation.set("maxmemory-policy", "allkeys-lfu"))
                .because(fill + " and " + situation.parameter("maxmemory-policy") + " refuses writes then")
                .protects("writes no longer fail at the limit")
                .risk(Remedy.Risk.Level.MEDIUM, "any key may go, also one that exists nowhere else")
                .costs("one CONFIG SET; misses of evicted keys")
                .serves(Objective.OPERATIONS)
                .harms(Objective.DURABILITY)
                .notProvable("eviction starts only when memory runs out")
                .build();
    }
}
