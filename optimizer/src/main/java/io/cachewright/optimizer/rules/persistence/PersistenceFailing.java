package io.cachewright.optimizer.rules.persistence;

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
import io.cachewright.optimizer.evidence.InfoSnapshot;
import io.cachewright.optimizer.requirements.Requirements.Objective;
import io.cachewright.optimizer.rules.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// PER-01 (with PER-04): the last snapshot, AOF rewrite or AOF write failed.
@AutoService(Rule.class)
public final class PersistenceFailing implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "PER-01",
            "Persistence fails",
            Topic.PERSISTENCE,
            RuleCard.Scope.EVERY_NODE,
            Set.of(Need.INFO, Need.CONFIG),
            "What is written now is lost at a restart, and a server that stops writes on errors refuses every write.",
            List.of("valkey: valkey.conf, stop-writes-on-bgsave-error", "redis_exporter mixin", "Zabbix template"));

    private static final List<String> STATES =
            List.of("rdb_last_bgsave_status", "aof_last_bgrewrite_status", "aof_last_write_status");

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        InfoSnapshot info = situation.info();
        List<String> failed = STATES.stream()
                .filter(state -> info.text(state).orElse("ok").equals("err"))
                .toList();
        if (failed.isEmpty()) {
            return new Verdict.Healthy("the last snapshot, AOF rewrite and AOF write were ok");
        }
        boolean saves = !situation.parameter("save").isBlank();
        boolean refusesWrites = failed.contains("aof_last_write_status")
                || (failed.contains("rdb_last_bgsave_status")
                        && saves
                        && situation.parameter("stop-writes-on-bgsave-error").equals("yes"));
        FindingBuilder finding = situation
                .finding(CARD, refusesWrites ? Severity.CRITICAL : Severity.HIGH)
                .title(refusesWrites ? "Persistence fails, so the server refuses writes" : "Persistence fails")
                .affects(Objective.DURABILITY, Objective.OPERATIONS);
        failed.forEach(state -> finding.seen(state + ": err", "INFO persistence"));
        finding.seen(
                situation.number("rdb_changes_since_last_save") + " changes since the last snapshot; "
                        + "the server's log names the cause (disk full, permissions, memory for the fork)",
                "INFO persistence");
        return finding.remedy(remedies(situation, failed, saves).toArray(Remedy[]::new))
                .verdict();
    }

    private static List<Remedy> remedies(Situation situation, List<String> failed, boolean saves) {
        if (!failed.contains("rdb_last_bgsave_status") || !saves) {
            return List.of();
        }
        List<Remedy> remedies = new ArrayList<>();
        if (Role.of(situation) == Role.CACHE) {
            remedies.add(noSnapshots(situation));
        }
        if (situation.parameter("stop-writes-on-bgsave-error").equals("yes")) {
            remedies.add(keepWriting(situation));
        }
        return remedies;
    }

    private static Remedy noSnapshots(Situation situation) {
        return remedy("no-snapshots", "Stop taking snapshots of a cache")
                .change(situation.set("save", ""))
                .because(
                        "save \"" + situation.parameter("save") + "\" fails, and the data of a cache is rebuilt anyway")
                .protects("the server accepts writes again and forks no more for snapshots")
                .risk(Remedy.Risk.Level.LOW, "after a restart the cache starts cold")
                .costs("one CONFIG SET; a warming run after restarts")
                .serves(Objective.OPERATIONS, Objective.LATENCY)
                .harms(Objective.DURABILITY)
                .notProvable("the failure is one of the production machine")
                .build();
    }

    private static Remedy keepWriting(Situation situation) {
        return remedy("keep-writing", "Accept writes though snapshots fail, until the cause is mended")
                .change(situation.set("stop-writes-on-bgsave-error", "no"))
                .because(situation.number("rdb_changes_since_last_save")
                        + " changes since the last snapshot, and the server refuses further ones")
                .protects("writes are accepted while the disk is mended")
                .risk(Remedy.Risk.Level.HIGH, "everything since the last good snapshot is lost if the server dies")
                .costs("one CONFIG SET; take it back once snapshots work")
                .serves(Objective.OPERATIONS)
                .harms(Objective.DURABILITY)
                .notProvable("the failure is one of the production machine")
                .build();
    }
}
