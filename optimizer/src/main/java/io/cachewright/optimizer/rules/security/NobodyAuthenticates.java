package io.cachewright.optimizer.rules.security;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;

import com.google.auto.service.AutoService;
import io.cachewright.optimizer.advice.Remedy;
import io.cachewright.optimizer.diagnose.Need;
import io.cachewright.optimizer.diagnose.Rule;
import io.cachewright.optimizer.diagnose.RuleCard;
import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Situation;
import io.cachewright.optimizer.diagnose.Topic;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.evidence.AclUser;
import io.cachewright.optimizer.requirements.Requirements.Objective;
import java.util.List;
import java.util.Set;

/// SEC-01: whoever connects may do whatever the user may, without a password. How grave that is depends
/// on who can connect.
@AutoService(Rule.class)
public final class NobodyAuthenticates implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "SEC-01",
            "Whoever connects needs no password",
            Topic.SECURITY,
            RuleCard.Scope.EVERY_NODE,
            Set.of(Need.CONFIG, Need.ACL),
            "Anyone who reaches the port reads positions, changes limits, or deletes the book.",
            List.of("RedisInsight", "valkey: valkey.conf, protected-mode", "Redis documentation: ACL"));

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        List<AclUser> open = Situation.known(situation.node().aclUsers()).stream()
                .filter(user -> user.enabled() && user.withoutPassword())
                .toList();
        if (open.isEmpty()) {
            return new Verdict.Healthy("every enabled user has a password");
        }
        Exposure exposure = Exposure.of(situation);
        // Protected mode refuses strangers only while the default user has no password.
        boolean guarded = situation.parameter("protected-mode").equals("yes")
                && open.stream().allMatch(user -> user.name().equals("default"));
        Severity severity = !exposure.remote() ? Severity.INFO : guarded ? Severity.MEDIUM : Severity.CRITICAL;
        String names = String.join(", ", open.stream().map(AclUser::name).toList());
        String seen = open.size() + " enabled user(s) without a password: " + names;
        var finding = situation
                .finding(CARD, severity)
                .affects(Objective.SECURITY)
                .seen(seen, "ACL LIST")
                .seen(exposure.text() + ", protected-mode " + situation.parameter("protected-mode"), "CONFIG GET");
        if (exposure.remote()
                && !guarded
                && open.stream().allMatch(user -> user.name().equals("default"))) {
            finding.remedy(protect(situation, seen));
        }
        return finding.verdict();
    }

    private static Remedy protect(Situation situation, String seen) {
        return remedy("protected-mode", "Refuse strangers until users have passwords")
                .change(situation.set("protected-mode", "yes"))
                .because(seen + ", and protected-mode is off")
                .protects("only this machine can connect while the default user has no password")
                .risk(
                        Remedy.Risk.Level.HIGH,
                        "clients on other machines are refused: give users passwords first, then clients, then this")
                .costs("one CONFIG SET; passwords in the clients' secret store")
                .serves(Objective.SECURITY)
                .harms(Objective.OPERATIONS)
                .notProvable("a refused stranger has no latency")
                .build();
    }
}
