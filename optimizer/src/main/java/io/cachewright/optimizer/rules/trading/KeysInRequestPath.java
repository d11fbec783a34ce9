package io.cachewright.optimizer.rules.trading;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;

import com.google.auto.service.AutoService;
import io.cachewright.optimizer.advice.Change;
import io.cachewright.optimizer.advice.Effect.Metric;
import io.cachewright.optimizer.advice.Experiment;
import io.cachewright.optimizer.advice.Practice;
import io.cachewright.optimizer.advice.Remedy.Risk;
import io.cachewright.optimizer.diagnose.Need;
import io.cachewright.optimizer.diagnose.Rule;
import io.cachewright.optimizer.diagnose.RuleCard;
import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Situation;
import io.cachewright.optimizer.diagnose.Topic;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.profile.CommandRate;
import io.cachewright.optimizer.requirements.Requirements.Objective;
import io.cachewright.optimizer.rules.Figures;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// TRD-K1: KEYS while clients wait.
@AutoService(Rule.class)
public final class KeysInRequestPath implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "TRD-K1",
            "KEYS runs in the request path",
            Topic.TRADING,
            RuleCard.Scope.EVERY_NODE,
            Set.of(Need.WINDOW),
            "KEYS walks the whole keyspace on the thread that serves everyone: every other request waits for it, and it "
                    + "grows with the number of keys.",
            List.of("websocketcom/coco-node", "darioajr/redis-quickfixj-plugin", "redis: KEYS, time complexity O(N)"));

    /// One call that holds everyone up for this long is felt at any latency budget of a trading desk.
    private static final double BLOCKING_MICROS = 1_000;

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        Situation.known(situation.profile().commands());
        Optional<CommandRate> keys = situation.profile().command("keys");
        if (keys.isEmpty()) {
            return new Verdict.Healthy("KEYS was not called within the window");
        }
        CommandRate rate = keys.get();
        double micros = rate.microsPerCall();
        double budgetMicros = situation
                .requirements()
                .latencyBudget()
                .map(budget -> budget.toNanos() / 1e3)
                .orElse(BLOCKING_MICROS);
        long total = situation.profile().totalKeys().orElse(0L);
        double share = rate.serverTimeShare();
        return situation
                .finding(CARD, micros >= budgetMicros || share >= 0.05 ? Severity.HIGH : Severity.MEDIUM)
                .affects(Objective.LATENCY)
                .seen(
                        "KEYS " + Figures.perSecond(rate.callsPerSecond()) + ", " + Figures.micros(micros)
                                + " a call while everyone waits, " + Figures.percent(share) + " of the server's time",
                        "INFO commandstats, " + situation.windowSource())
                .seen(Figures.count(total) + " keys are walked each time", "INFO keyspace")
                .remedy(
                        remedy("key-registry", "Keep a registry set of what is searched, and read that")
                                .change(
                                        new Change.ChangeClient(
                                                Practice.KEY_REGISTRY,
                                                "KEYS pattern",
                                                "SADD on create and SREM on delete in one transaction; SMEMBERS or SSCAN to find"))
                                .because("each call takes " + Figures.micros(micros) + " and walks "
                                        + Figures.count(total) + " keys")
                                .expect(
                                        Metric.SERVER_TIME,
                                        -share,
                                        -share * 0.95,
                                        -share * 0.5,
                                        "the server time of KEYS in the window; a registry read costs its members only")
                                .protects("the longest wait no longer grows with the keyspace")
                                .risk(Risk.Level.LOW, "the registry has to be filled once, and kept by every writer")
                                .costs("writers keep the registry; readers use it")
                                .serves(Objective.LATENCY)
                                .provedBy(new Experiment.ClientPractice(
                                        Practice.KEY_REGISTRY, Map.of("keys", Math.max(1, total))))
                                .build(),
                        remedy("deny-keys", "Take KEYS away from application users")
                                .change(new Change.SetAcl(situation.node().address(), "default", "-keys", "+keys"))
                                .because("KEYS ran " + Figures.perSecond(rate.callsPerSecond())
                                        + "; a denied command shows who calls it")
                                .protects("no release can bring KEYS back unnoticed")
                                .risk(Risk.Level.HIGH, "callers that were not changed yet fail")
                                .costs("one ACL SETUSER after the callers changed")
                                .serves(Objective.LATENCY, Objective.OPERATIONS)
                                .notProvable("a ban only holds what the change achieved")
                                .build())
                .verdict();
    }
}
