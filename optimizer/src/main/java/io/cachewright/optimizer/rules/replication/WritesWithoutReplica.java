package io.cachewright.optimizer.rules.replication;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;

import com.google.auto.service.AutoService;
import io.cachewright.domain.Durations;
import io.cachewright.optimizer.advice.Remedy;
import io.cachewright.optimizer.advice.RemedyBuilder;
import io.cachewright.optimizer.diagnose.Need;
import io.cachewright.optimizer.diagnose.Rule;
import io.cachewright.optimizer.diagnose.RuleCard;
import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Situation;
import io.cachewright.optimizer.diagnose.Topic;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.requirements.Requirements.Objective;
import io.cachewright.optimizer.rules.Role;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// REP-11: a primary that was cut off goes on accepting orders that the failover then throws away.
@AutoService(Rule.class)
public final class WritesWithoutReplica implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "REP-11",
            "A primary that is cut off goes on accepting writes that will be lost",
            Topic.REPLICATION,
            RuleCard.Scope.PRIMARY,
            Set.of(Need.INFO, Need.CONFIG),
            "During a partition clients beside the old primary write orders and limits that no replica receives; "
                    + "after the failover they never happened.",
            List.of("valkey: valkey.conf, min-replicas-to-write", "Redis documentation: Sentinel, partitions"));

    /// A replica acknowledges once a second; two missed acknowledgements and a spare second are no partition.
    private static final long LAG_SECONDS_MIN = 3;

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        long replicas = situation.number("connected_slaves");
        if (replicas == 0) {
            return new Verdict.NotApplicable("no replica is connected");
        }
        if (Role.of(situation) != Role.RECORD) {
            return new Verdict.NotApplicable("a cache that is cut off loses nothing that cannot be rebuilt");
        }
        long required = situation.parameterNumber("min-replicas-to-write");
        if (required > 0) {
            return new Verdict.Healthy("min-replicas-to-write " + required);
        }
        Optional<Duration> rpo = situation.requirements().rpo();
        return situation
                .finding(CARD, rpo.isPresent() ? Severity.HIGH : Severity.MEDIUM)
                .affects(Objective.DURABILITY, Objective.CONSISTENCY)
                .seen(
                        "min-replicas-to-write 0 with " + replicas
                                + " replica(s); some of the data exists nowhere else",
                        "CONFIG GET min-replicas-to-write, INFO replication, requirements")
                .remedy(require(situation, replicas, rpo))
                .verdict();
    }

    private static Remedy require(Situation situation, long replicas, Optional<Duration> rpo) {
        long lag = Math.max(LAG_SECONDS_MIN, rpo.map(Duration::toSeconds).orElse(10L));
        RemedyBuilder remedy = remedy("require-a-replica", "Accept writes only while a replica acknowledges")
                .change(situation.set("min-replicas-to-write", "1"));
        if (situation.parameterNumber("min-replicas-max-lag") != lag) {
            remedy.change(situation.set("min-replicas-max-lag", Long.toString(lag)));
        }
        return remedy.because(replicas + " replica(s) acknowledge once a second; "
                        + rpo.map(most -> "at most " + Durations.format(most) + " may be lost")
                                .orElse("nobody said how much may be lost"))
                .protects("a primary that is cut off refuses writes after " + lag + " s (NOREPLICAS)")
                .risk(
                        replicas > 1 ? Remedy.Risk.Level.MEDIUM : Remedy.Risk.Level.HIGH,
                        replicas > 1
                                ? "writes stop when all replicas are away"
                                : "with one replica its maintenance stops all writes: add a second first")
                .costs("two CONFIG SETs; writers that handle NOREPLICAS")
                .serves(Objective.DURABILITY, Objective.CONSISTENCY)
                .harms(Objective.OPERATIONS)
                .notProvable("it acts only in a partition: a drill shows it")
                .build();
    }
}
