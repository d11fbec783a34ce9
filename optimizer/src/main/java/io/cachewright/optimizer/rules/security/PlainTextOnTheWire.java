package io.cachewright.optimizer.rules.security;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;

import com.google.auto.service.AutoService;
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
import io.cachewright.optimizer.requirements.Requirements.Regime;
import java.util.List;
import java.util.Set;

/// SEC-02: passwords, orders and positions cross the network in the clear.
@AutoService(Rule.class)
public final class PlainTextOnTheWire implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "SEC-02",
            "Passwords and data cross the network in the clear",
            Topic.SECURITY,
            RuleCard.Scope.EVERY_NODE,
            Set.of(Need.CONFIG),
            "Whoever sees the network sees orders before they are filled, and the password with them.",
            List.of("Redis documentation: TLS", "prowler: ElastiCache encryption in transit", "mcp-redis-diagnostics"));

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        Exposure exposure = Exposure.of(situation);
        if (!exposure.remote()) {
            return new Verdict.Healthy(exposure.text());
        }
        if (!exposure.plain()) {
            return new Verdict.Healthy("only TLS is served");
        }
        boolean open = situation.parameter("protected-mode").equals("no");
        boolean regulated = situation
                .requirements()
                .regimes()
                .filter(regimes -> regimes.stream().anyMatch(regime -> regime != Regime.NONE))
                .isPresent();
        String seen = exposure.text() + " port " + situation.parameter("port") + " without TLS";
        return situation
                .finding(CARD, regulated ? Severity.HIGH : open ? Severity.MEDIUM : Severity.LOW)
                .affects(Objective.SECURITY)
                .seen(
                        seen + ", protected-mode " + situation.parameter("protected-mode"),
                        "CONFIG GET bind port tls-port")
                .remedy(tls(situation, seen))
                .verdict();
    }

    private static Remedy tls(Situation situation, String seen) {
        return remedy("serve-tls", "Serve TLS beside plain text, move the clients, then close the plain port")
                .change(new Change.ChangeTopology(
                        "TLS of " + situation.node().address(),
                        "plain text",
                        "TLS only",
                        "set tls-cert-file, tls-key-file and tls-ca-cert-file, then tls-port; move clients to rediss://; "
                                + "set port 0 at the next restart",
                        "set port back, move clients to redis://, set tls-port 0"))
                .because(seen)
                .protects("nobody on the network reads or changes what passes")
                .risk(Remedy.Risk.Level.MEDIUM, "certificates expire: watch them; handshakes make reconnects slower")
                .costs("certificates; CPU of the server for encryption, more so without I/O threads")
                .serves(Objective.SECURITY)
                .harms(Objective.LATENCY, Objective.THROUGHPUT)
                .notProvable("certificates of the site are needed")
                .build();
    }
}
