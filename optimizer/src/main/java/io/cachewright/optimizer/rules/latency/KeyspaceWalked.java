package io.cachewright.optimizer.rules.latency;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;

import com.google.auto.service.AutoService;
import io.cachewright.optimizer.advice.Change;
import io.cachewright.optimizer.advice.Experiment;
import io.cachewright.optimizer.advice.Practice;
import io.cachewright.optimizer.advice.Remedy;
import io.cachewright.optimizer.diagnose.FindingBuilder;
import io.cachewright.optimizer.diagnose.Need;
import io.cachewright.optimizer.diagnose.Rule;
import io.cachewright.optimizer.diagnose.RuleCard;
import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Situation;
import io.cachewright.optimizer.diagnose.Topic;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.evidence.KeyspaceSample;
import io.cachewright.optimizer.profile.CommandRate;
import io.cachewright.optimizer.requirements.Requirements.Objective;
import io.cachewright.optimizer.rules.LatencyBudget;
import io.cachewright.optimizer.rules.Share;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// LAT-12: KEYS walks the whole keyspace on the main thread. Judged by the calls of the window, which the slow log
/// does not show while the keyspace is small.
@AutoService(Rule.class)
public final class KeyspaceWalked implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "LAT-12",
            "KEYS walks the whole keyspace while everyone waits",
            Topic.LATENCY,
            RuleCard.Scope.EVERY_NODE,
            Set.of(Need.INFO, Need.WINDOW),
            "Its time grows with all keys of the server, not with what it finds; each new instrument slows everyone.",
            List.of("Redis documentation: KEYS, warning", "mcp-redis-diagnostics", "AWS ElastiCache skill"));

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        Optional<CommandRate> keys = situation.profile().command("keys").filter(rate -> rate.callsPerSecond() > 0);
        if (keys.isEmpty()) {
            return new Verdict.Healthy("KEYS was not called within the window");
        }
        CommandRate rate = keys.get();
        LatencyBudget budget = LatencyBudget.of(situation);
        Duration stall = Duration.ofNanos((long) (rate.microsPerCall() * 1_000));
        String seen = String.format(
                Locale.ROOT,
                "KEYS called %.2f times a second, %.0f µs each, %s of the server's time in commands",
                rate.callsPerSecond(),
                rate.microsPerCall(),
                Share.text(rate.serverTimeShare()));
        FindingBuilder finding = situation
                .finding(CARD, budget.isBrokenBy(stall) ? Severity.HIGH : Severity.MEDIUM)
                .affects(Objective.LATENCY, Objective.THROUGHPUT)
                .seen(seen, "INFO commandstats, " + situation.windowSource())
                .seen(budget.text(), "requirements");
        return finding.remedy(registry(situation, rate, seen), forbid(situation, seen))
                .verdict();
    }

    private static Remedy registry(Situation situation, CommandRate rate, String seen) {
        long keys = situation.node().keyspace().map(KeyspaceSample::totalKeys).orElse(0L);
        double share = rate.serverTimeShare();
        return remedy("key-registry", "Keep a set of the names instead of searching for them")
                .change(new Change.ChangeClient(Practice.KEY_REGISTRY, "KEYS pattern", "SMEMBERS of a registry set"))
                .because(seen)
                .expect(
                        io.cachewright.optimizer.advice.Effect.Metric.SERVER_TIME,
                        -share,
                        -share * 0.95,
                        -share * 0.5,
                        "KEYS takes " + Share.text(share) + " of the time in commands; a set read costs a fraction")
                .risk(Remedy.Risk.Level.LOW, "writers must add and remove names with the keys")
                .costs("code of the caller and of the writers")
                .serves(Objective.LATENCY, Objective.THROUGHPUT)
                .provedBy(new Experiment.ClientPractice(Practice.KEY_REGISTRY, Map.of("keys", keys)))
                .build();
    }

    private static Remedy forbid(Situation situation, String seen) {
        return remedy("forbid-keys", "Forbid KEYS to applications")
                .change(new Change.SetAcl(situation.node().address(), "default", "-keys", "+keys"))
                .because(seen + "; SCAN does the same in small steps")
                .protects("nobody can stall the server by KEYS again")
                .risk(Remedy.Risk.Level.HIGH, "whoever calls it today gets an error: change the callers first")
                .costs("one ACL SETUSER a user of applications")
                .serves(Objective.LATENCY, Objective.SECURITY)
                .notProvable("a forbidden command has no latency")
                .build();
    }
}
