package io.cachewright.optimizer.rules.memory;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;

import com.google.auto.service.AutoService;
import io.cachewright.domain.ByteSize;
import io.cachewright.optimizer.advice.Remedy;
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
import io.cachewright.optimizer.rules.MemoryBudget;
import io.cachewright.optimizer.rules.Role;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// MEM-01: nothing limits the memory of the server but the kernel.
@AutoService(Rule.class)
public final class MaxmemoryUnset implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "MEM-01",
            "Nothing limits the server's memory",
            Topic.MEMORY,
            RuleCard.Scope.EVERY_NODE,
            Set.of(Need.INFO, Need.CONFIG),
            "Without maxmemory a burst of keys grows the process until the machine swaps or the kernel kills it, "
                    + "which loses the whole cache at the busiest moment instead of its coldest keys.",
            List.of("valkey: valkey.conf, maxmemory", "xtop mod_redis", "mcp-redis-diagnostics"));

    /// Of the machine: beyond it, one doubling of the data is fatal.
    private static final double RAM_SHARE_GRAVE = 0.5;

    /// Data plus what keys, clients and the backlog add, when the size of the data is what people gave.
    private static final double OVERHEAD = 1.25;

    /// Growth to plan for when nobody said how large the data may become.
    private static final double GROWTH = 1.5;

    /// A limit must not evict on the day it is set.
    private static final double ABOVE_USED_MIN = 1.1;

    private static final long ROUNDED_TO = 16L << 20;

    /// No limit below this is worth having: an empty server with its buffers needs most of it.
    private static final long SMALLEST = 64L << 20;

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        long limit = situation.parameterNumber("maxmemory");
        long used = situation.number("used_memory");
        if (limit > 0) {
            return new Verdict.Healthy("maxmemory is " + new ByteSize(limit));
        }
        long ram = situation.optionalNumber("total_system_memory").orElse(0L);
        boolean grave = ram > 0 && used > ram * RAM_SHARE_GRAVE;
        Target target = Target.of(situation, used, ram);
        FindingBuilder finding = situation
                .finding(CARD, grave ? Severity.HIGH : Severity.MEDIUM)
                .affects(Objective.MEMORY, Objective.OPERATIONS)
                .seen("maxmemory 0 (no limit), used_memory " + new ByteSize(used), "CONFIG GET maxmemory, INFO memory");
        if (ram > 0) {
            finding.seen("machine has " + new ByteSize(ram), "INFO total_system_memory");
        }
        if (target.tooSmall()) {
            finding.title("Nothing limits the server's memory, and the data outgrows this machine")
                    .seen(target.arithmetic() + ", less than the data needs", "computed");
        }
        return finding.remedy(remedies(situation, target)).verdict();
    }

    private static Remedy[] remedies(Situation situation, Target target) {
        Remedy limitOnly = limit(situation, target, false);
        if (!situation.parameter("maxmemory-policy").equals("noeviction")) {
            return new Remedy[] {limitOnly};
        }
        return switch (Role.of(situation)) {
            case CACHE -> new Remedy[] {limit(situation, target, true), limitOnly};
            case RECORD -> new Remedy[] {limitOnly};
            case UNKNOWN -> new Remedy[] {limitOnly, limit(situation, target, true)};
        };
    }

    private static Remedy limit(Situation situation, Target target, boolean evicting) {
        String value = new ByteSize(target.bytes()).toConfig();
        // CONFIG GET prints plain bytes, so that is what a later look compares with.
        String bytes = Long.toString(target.bytes());
        RemedyBuilder remedy = remedy(
                        evicting ? "limit-and-evict" : "set-maxmemory",
                        "Set maxmemory to " + value + (evicting ? " and evict the least used keys" : ""))
                .because(
                        "used_memory is " + new ByteSize(situation.number("used_memory")) + "; " + target.arithmetic());
        if (evicting) {
            remedy.change(situation.set("maxmemory-policy", "allkeys-lfu"))
                    .protects("at the limit the least used keys go, and writes go on")
                    .risk(Remedy.Risk.Level.MEDIUM, "any key may be evicted, also one that exists nowhere else")
                    .serves(Objective.MEMORY, Objective.OPERATIONS)
                    .harms(Objective.DURABILITY);
        } else {
            remedy.risk(
                            Remedy.Risk.Level.LOW,
                            "with the policy " + situation.parameter("maxmemory-policy")
                                    + " the server refuses writes or evicts at the limit: watch used_memory")
                    .serves(Objective.MEMORY, Objective.OPERATIONS);
        }
        return remedy.change(situation.set("maxmemory", bytes))
                .protects("the kernel can no longer kill the server for its data's growth")
                .costs("one CONFIG SET, no restart; an alert on used_memory / maxmemory")
                .notProvable("a limit changes nothing before memory runs out")
                .build();
    }

    /// The value to set.
    ///
    /// @param tooSmall whether the machine cannot hold the data with a fork and buffers
    private record Target(long bytes, String arithmetic, boolean tooSmall) {

        static Target of(Situation situation, long used, long ram) {
            long floor = (long) (used * ABOVE_USED_MIN);
            Optional<Long> wanted = situation.requirements().dataSize().map(size -> (long) (size.bytes() * OVERHEAD));
            Optional<MemoryBudget> budget = MemoryBudget.of(situation);
            if (budget.isPresent()) {
                long ceiling = budget.get().ceiling();
                long bytes = Math.min(ceiling, wanted.orElse(ceiling));
                boolean tooSmall = ceiling < Math.max(floor, wanted.orElse(0L));
                return new Target(round(Math.max(bytes, floor)), budget.get().arithmetic(), tooSmall);
            }
            long growth = (long) (used * GROWTH);
            String arithmetic = wanted.isPresent()
                    ? "the data may grow to "
                            + situation.requirements().dataSize().get() + ", with overhead "
                            + new ByteSize(wanted.get())
                    : "the machine cannot be seen from here, so half as much again as today: " + new ByteSize(growth);
            long bytes = Math.max(wanted.orElse(growth), floor);
            return new Target(round(bytes), arithmetic, ram > 0 && bytes > ram);
        }

        private static long round(long bytes) {
            return Math.max(SMALLEST, Math.ceilDiv(bytes, ROUNDED_TO) * ROUNDED_TO);
        }
    }
}
