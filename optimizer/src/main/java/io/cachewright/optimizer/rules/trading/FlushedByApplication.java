package io.cachewright.optimizer.rules.trading;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;

import com.google.auto.service.AutoService;
import io.cachewright.optimizer.advice.Change;
import io.cachewright.optimizer.advice.Remedy.Risk;
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

/// TRD-E2: somebody empties the server.
@AutoService(Rule.class)
public final class FlushedByApplication implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "TRD-E2",
            "FLUSHALL or FLUSHDB ran while the market was watched",
            Topic.TRADING,
            RuleCard.Scope.PRIMARY,
            Set.of(Need.WINDOW),
            "A program that empties the server at its start takes everyone else's books, orders and locks with it.",
            List.of("nautechsystems/nautilus_trader issues 3550 and 3560"));

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        double flushes = Situation.known(situation.profile().callsPerSecond("flushall"))
                + Situation.known(situation.profile().callsPerSecond("flushdb"));
        long calls = Math.round(flushes * situation.window().length().toMillis() / 1e3);
        if (calls == 0) {
            return new Verdict.Healthy("neither FLUSHALL nor FLUSHDB ran within the window");
        }
        return situation
                .finding(CARD, Severity.HIGH)
                .affects(Objective.DURABILITY, Objective.CONSISTENCY, Objective.OPERATIONS)
                .seen(calls + " calls of FLUSHALL or FLUSHDB", "INFO commandstats, " + situation.windowSource())
                .remedy(remedy(
                                "deny-flush",
                                "Deny FLUSHALL and FLUSHDB to application users, and change the prefix instead")
                        .change(new Change.SetAcl(
                                situation.node().address(), "default", "-flushall -flushdb", "+flushall +flushdb"))
                        .because(calls + " calls emptied the server within " + situation.windowSource())
                        .protects("no program can take the keys of another; a new generation of keys is a new prefix")
                        .risk(Risk.Level.MEDIUM, "a program that flushes at its start fails until it is changed")
                        .costs("one ACL rule a user; a prefix with a generation in the program")
                        .serves(Objective.DURABILITY, Objective.CONSISTENCY, Objective.OPERATIONS)
                        .notProvable("a denied command changes nothing until someone calls it")
                        .build())
                .verdict();
    }
}
