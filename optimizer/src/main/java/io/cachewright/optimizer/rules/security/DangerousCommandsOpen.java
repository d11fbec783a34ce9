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
import io.cachewright.optimizer.evidence.AclUser;
import io.cachewright.optimizer.requirements.Requirements.Objective;
import io.cachewright.optimizer.requirements.Requirements.Regime;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// SEC-08: applications share the default user, who may flush, reconfigure and shut down.
@AutoService(Rule.class)
public final class DangerousCommandsOpen implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "SEC-08",
            "The default user may flush, reconfigure and shut down",
            Topic.SECURITY,
            RuleCard.Scope.EVERY_NODE,
            Set.of(Need.CONFIG, Need.ACL),
            "A typing error or a stolen client password deletes everything or turns the server against its machine.",
            List.of("Redis documentation: ACL, command categories", "Redis documentation: security"));

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        Optional<AclUser> open = Situation.known(situation.node().aclUsers()).stream()
                .filter(user -> user.name().equals("default") && user.enabled())
                .filter(user -> user.rules().contains("+@all") && !user.rules().contains("-@dangerous"))
                .findFirst();
        boolean debug = situation
                .optionalParameter("enable-debug-command")
                .filter("yes"::equals)
                .isPresent();
        if (open.isEmpty()) {
            return new Verdict.Healthy("the default user may not run dangerous commands");
        }
        Exposure exposure = Exposure.of(situation);
        boolean regulated = situation
                .requirements()
                .regimes()
                .filter(regimes -> regimes.stream().anyMatch(regime -> regime != Regime.NONE))
                .isPresent();
        boolean reachable =
                exposure.remote() && situation.parameter("protected-mode").equals("no");
        String seen = "user default: " + open.get().rules() + (debug ? ", enable-debug-command yes" : "") + "; "
                + exposure.text();
        return situation
                .finding(CARD, regulated || reachable || (debug && exposure.remote()) ? Severity.MEDIUM : Severity.INFO)
                .affects(Objective.SECURITY, Objective.OPERATIONS)
                .seen(seen, "ACL LIST, CONFIG GET bind")
                .remedy(restrict(situation))
                .verdict();
    }

    private static Remedy restrict(Situation situation) {
        return remedy("restrict-default", "Take the dangerous commands from the default user")
                .change(
                        new Change.SetAcl(situation.node().address(), "default", "-@dangerous", "+@dangerous"),
                        new Change.SetAcl(situation.node().address(), "default", "+info", "-info"))
                .because("1 user serves applications and administration alike; FLUSHALL, CONFIG, KEYS, SHUTDOWN and "
                        + "others belong to a user of their own")
                .protects("an application can no longer flush, reconfigure or stop the server")
                .risk(
                        Remedy.Risk.Level.HIGH,
                        "whoever uses these commands today is refused: create a user for administration, monitoring and "
                                + "replication first")
                .costs("a second user; ACL SAVE or the users' lines in redis.conf to keep it")
                .serves(Objective.SECURITY, Objective.OPERATIONS)
                .notProvable("a refused command has no latency")
                .build();
    }
}
