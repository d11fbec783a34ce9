package io.cachewright.optimizer.rules.persistence;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;

import com.google.auto.service.AutoService;
import io.cachewright.domain.ByteSize;
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
import io.cachewright.optimizer.rules.Forks;
import io.cachewright.optimizer.rules.MemoryBudget;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// PER-09 (with MEM-03): the data, once it is as large as its limit allows, and a fork do not fit the machine together.
@AutoService(Rule.class)
public final class CopyOnWriteBeyondMemory implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "PER-09",
            "At its memory limit the server does not fit the machine",
            Topic.PERSISTENCE,
            RuleCard.Scope.EVERY_NODE,
            Set.of(Need.INFO, Need.CONFIG, Need.HOST),
            "The kernel kills the server in the middle of a snapshot or a resynchronisation, when the market is busy "
                    + "and pages are copied fastest.",
            List.of("BetterDB Monitor: copy-on-write projection", "Redis documentation: memory and overcommit"));

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        long limit = situation.parameterNumber("maxmemory");
        if (limit == 0) {
            return new Verdict.NotApplicable("maxmemory is 0: there is no limit to compare with");
        }
        Optional<MemoryBudget> seenBudget = MemoryBudget.of(situation);
        if (seenBudget.isEmpty()) {
            return new Verdict.Unknown("memory of the machine could not be read");
        }
        MemoryBudget budget = seenBudget.get();
        long used = situation.number("used_memory");
        if (limit <= budget.ceiling()) {
            return new Verdict.Healthy("maxmemory " + new ByteSize(limit) + " of " + new ByteSize(budget.ceiling())
                    + " that the machine bears");
        }
        boolean already = used > budget.ceiling();
        FindingBuilder finding = situation
                .finding(CARD, already ? Severity.HIGH : Severity.MEDIUM)
                .affects(Objective.OPERATIONS, Objective.MEMORY)
                .seen(
                        "maxmemory " + new ByteSize(limit) + ", used " + new ByteSize(used),
                        "CONFIG GET maxmemory, INFO memory")
                .seen("the machine bears " + budget.arithmetic(), "host, INFO memory");
        Forks forks = Forks.of(situation);
        if (forks.possible()) {
            finding.seen("it forks for: " + forks.reasons(), "CONFIG GET save appendonly, INFO replication");
        }
        if (!already && budget.ceiling() > used) {
            finding.remedy(lower(situation, limit, budget));
        }
        if (!forks.savePoints().isEmpty()) {
            finding.remedy(noSavePoints(situation, forks, budget));
        }
        return finding.verdict();
    }

    private static Remedy lower(Situation situation, long limit, MemoryBudget budget) {
        long wanted = budget.ceiling() >> 20 << 20;
        return remedy("lower-maxmemory", "Lower maxmemory to " + new ByteSize(wanted).toConfig())
                .change(situation.set("maxmemory", Long.toString(wanted)))
                .because("maxmemory is " + new ByteSize(limit) + "; the machine bears " + budget.arithmetic())
                .protects("a fork at the limit fits the machine")
                .risk(
                        Remedy.Risk.Level.MEDIUM,
                        "less data fits: " + situation.parameter("maxmemory-policy") + " acts earlier")
                .costs(new ByteSize(limit - wanted) + " of data at most")
                .serves(Objective.OPERATIONS)
                .harms(Objective.MEMORY)
                .notProvable("memory of the production machine is not imitated on a shadow")
                .build();
    }

    private static Remedy noSavePoints(Situation situation, Forks forks, MemoryBudget budget) {
        return remedy("no-save-points", "Take snapshots outside trading hours or on a replica")
                .change(situation.set("save", ""))
                .because("a fork may copy "
                        + new ByteSize((long) (budget.copyOnWrite() * situation.number("used_memory")))
                        + " now; save \"" + forks.savePoints() + "\" forks when writes are busiest")
                .protects("no snapshot forks under load")
                .risk(Remedy.Risk.Level.MEDIUM, "what changed since the last snapshot is lost when the server dies")
                .costs("one CONFIG SET and a scheduled BGSAVE")
                .serves(Objective.OPERATIONS, Objective.LATENCY)
                .harms(Objective.DURABILITY)
                .notProvable("memory of the production machine is not imitated on a shadow")
                .build();
    }
}
