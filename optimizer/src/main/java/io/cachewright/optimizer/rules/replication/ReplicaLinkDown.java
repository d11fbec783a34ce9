package io.cachewright.optimizer.rules.replication;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;

import com.google.auto.service.AutoService;
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
import java.util.List;
import java.util.Set;

/// REP-01 (with REP-10): a replica has lost its primary.
@AutoService(Rule.class)
public final class ReplicaLinkDown implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "REP-01",
            "A replica has lost its primary",
            Topic.REPLICATION,
            RuleCard.Scope.REPLICAS,
            Set.of(Need.INFO, Need.CONFIG),
            "Readers of the replica see prices of the past without any sign of it, and a failover would lose "
                    + "everything written since.",
            List.of("redis_exporter mixin", "netdata: redis.conf", "valkey: valkey.conf, replica-serve-stale-data"));

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        if (situation.text("master_link_status").equals("up")) {
            return new Verdict.Healthy("the link to the primary is up");
        }
        long seconds =
                situation.optionalNumber("master_link_down_since_seconds").orElse(-1L);
        boolean copying = situation.optionalNumber("master_sync_in_progress").orElse(0L) > 0;
        boolean servesStale = situation.parameter("replica-serve-stale-data").equals("yes");
        String seen = "master_link_status down" + (seconds >= 0 ? " for " + seconds + " s" : " (never was up, -1 s)")
                + (copying ? ", a full copy is being received" : "");
        FindingBuilder finding = situation
                .finding(CARD, servesStale && !copying ? Severity.HIGH : Severity.MEDIUM)
                .affects(Objective.CONSISTENCY, Objective.DURABILITY)
                .seen(seen, "INFO replication")
                .seen("replica-serve-stale-data " + (servesStale ? "yes: readers get old data" : "no"), "CONFIG GET");
        if (servesStale && situation.requirements().stalenessMax().isPresent()) {
            finding.remedy(refuseStaleReads(situation, seen));
        }
        return finding.verdict();
    }

    private static Remedy refuseStaleReads(Situation situation, String seen) {
        return remedy("refuse-stale-reads", "Let the replica refuse reads while its link is down")
                .change(situation.set("replica-serve-stale-data", "no"))
                .because(seen + ", and data may be "
                        + situation.requirements().stalenessMax().orElseThrow().toMillis() + " ms old at most")
                .protects("readers get an error (MASTERDOWN) and turn to the primary instead of trading on old prices")
                .risk(Remedy.Risk.Level.MEDIUM, "readers must handle the error, or they stop while the primary is away")
                .costs("one CONFIG SET; clients that fall back to the primary")
                .serves(Objective.CONSISTENCY)
                .harms(Objective.OPERATIONS)
                .notProvable("it acts only while a link is down: a failover drill shows it")
                .build();
    }
}
