package io.cachewright.optimizer.rules.replication;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;

import com.google.auto.service.AutoService;
import io.cachewright.domain.ByteSize;
import io.cachewright.domain.Durations;
import io.cachewright.optimizer.advice.Change;
import io.cachewright.optimizer.advice.Remedy;
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

/// REP-02: nothing can take over. It matters as much as the outage that a restart would be.
@AutoService(Rule.class)
public final class NoReplica implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "REP-02",
            "Nothing can take over when this server fails",
            Topic.REPLICATION,
            RuleCard.Scope.PRIMARY,
            Set.of(Need.INFO),
            "An outage lasts until the machine is back and the data is loaded or rebuilt.",
            List.of("mcp-redis-diagnostics", "Redis documentation: replication"));

    /// Memory filled a second while a snapshot is loaded, as measured with a trading keyspace of two million keys.
    private static final long LOAD_BYTES_PER_SECOND = 230L << 20;

    /// Until someone or something has noticed and started the server again.
    private static final Duration RESTART = Duration.ofSeconds(30);

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        if (!situation.text("role").equals("master")) {
            return new Verdict.NotApplicable("this server is a replica");
        }
        long replicas = situation.number("connected_slaves");
        if (replicas > 0) {
            return new Verdict.Healthy(replicas + " replica(s) connected");
        }
        long used = situation.number("used_memory");
        Duration outage = RESTART.plusSeconds(used / LOAD_BYTES_PER_SECOND);
        Optional<Duration> rto = situation.requirements().rto();
        if (rto.isPresent() && rto.get().compareTo(outage) >= 0) {
            return new Verdict.Healthy("a restart takes about " + Durations.brief(outage) + ", and an outage may last "
                    + Durations.format(rto.get()));
        }
        Role role = Role.of(situation);
        Severity severity = rto.isPresent() || role == Role.RECORD ? Severity.HIGH : Severity.INFO;
        String seen = "0 replicas connected; a restart with " + new ByteSize(used) + " takes " + Durations.brief(outage)
                + " or more";
        return situation
                .finding(CARD, severity)
                .affects(Objective.OPERATIONS, Objective.DURABILITY)
                .seen(seen, "INFO replication, INFO memory")
                .seen(
                        rto.map(most -> "an outage may last " + Durations.format(most))
                                .orElse("nobody said how long an outage may last"),
                        "requirements")
                .remedy(replica(situation, seen))
                .verdict();
    }

    private static Remedy replica(Situation situation, String seen) {
        return remedy("add-replica", "Add a replica and Sentinels that fail over to it")
                .change(new Change.ChangeTopology(
                        "replica of " + situation.node().address(),
                        "one server",
                        "one replica on another machine, three Sentinels with quorum 2",
                        "start the replica with replicaof " + situation.node().address()
                                + ", wait for master_link_status up, start the Sentinels, let clients ask them",
                        "point clients at the server again, stop the Sentinels, REPLICAOF NO ONE and stop the replica"))
                .because(seen)
                .protects("a failover within seconds instead of a restart; snapshots can move to the replica")
                .risk(Remedy.Risk.Level.MEDIUM, "the first synchronisation forks and sends all data")
                .costs("a second machine of the same memory")
                .serves(Objective.OPERATIONS, Objective.DURABILITY)
                .harms(Objective.COST)
                .notProvable("a failover drill shows it, not a benchmark")
                .build();
    }
}
