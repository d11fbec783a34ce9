package io.cachewright.optimizer.rules.keyspace;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;

import com.google.auto.service.AutoService;
import io.cachewright.optimizer.advice.Change;
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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// KEY-10: several logical databases in one server.
@AutoService(Rule.class)
public final class LogicalDatabases implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "KEY-10",
            "Several logical databases share one server",
            Topic.KEYSPACE,
            RuleCard.Scope.PRIMARY,
            Set.of(Need.DATABASES),
            "Databases separate names only: they share one thread, one memory limit, one eviction and one failover, and "
                    + "most clusters and Sentinel clients know only database 0.",
            List.of("redis: SELECT", "peers: KEY-10"));

    private static final Pattern DATABASE = Pattern.compile("db\\d+");

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        boolean isTold = situation.node().info().isKnown();
        Map<String, String> used = isTold ? told(situation) : counted(situation);
        if (used.size() < 2) {
            return new Verdict.Healthy(used.size() + " logical database holds keys");
        }
        FindingBuilder finding = situation.finding(CARD, Severity.LOW).affects(Objective.OPERATIONS, Objective.LATENCY);
        used.forEach(
                (database, counts) -> finding.seen(database + ": " + counts, isTold ? "INFO keyspace" : "its keys"));
        return finding.remedy(remedy("separate-servers", "Give each purpose a server or a prefix of its own")
                        .change(new Change.ChangeTopology(
                                "logical databases",
                                used.size() + " databases in one server",
                                "database 0 only: prefixes for what belongs together, a second server for what must not be evicted or flushed with the rest",
                                "copy with MIGRATE or COPY, writers first, then readers",
                                "clients select the old database again"))
                        .because(used.size() + " databases share one memory limit and one thread")
                        .protects("a FLUSHDB, an eviction or a slow command of one does not touch the other")
                        .risk(Risk.Level.MEDIUM, "clients change their address or their names")
                        .costs("a migration")
                        .serves(Objective.OPERATIONS, Objective.LATENCY)
                        .harms(Objective.COST)
                        .notProvable("separation shows when something goes wrong")
                        .build())
                .verdict();
    }

    private static Map<String, String> told(Situation situation) {
        Map<String, String> used = new TreeMap<>();
        situation.info().fields().forEach((field, value) -> {
            if (DATABASE.matcher(field).matches()) {
                used.put(field, value);
            }
        });
        return used;
    }

    private static Map<String, String> counted(Situation situation) {
        Map<String, String> used = new TreeMap<>();
        situation.keyspace().keysByDatabase().forEach((database, keys) -> used.put("db" + database, "keys=" + keys));
        return used;
    }
}
