package io.cachewright.optimizer.rules.latency;

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
import io.cachewright.optimizer.rules.Forks;
import java.util.List;
import java.util.Set;

/// LAT-09: with huge pages each first write after a fork copies 2 MB instead of 4 KB. A server that never forks does
/// not care, and one with `disable-thp yes` has opted out by itself, whatever the machine says.
@AutoService(Rule.class)
public final class TransparentHugePages implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "LAT-09",
            "Transparent huge pages multiply the cost of forks",
            Topic.LATENCY,
            RuleCard.Scope.EVERY_NODE,
            Set.of(Need.INFO, Need.CONFIG, Need.HOST),
            "While a snapshot is written, the first write to each 2 MB copies all of it: latency spikes, and memory "
                    + "that grows towards twice the data.",
            List.of("valkey: src/syscheck.c", "valkey: src/server.c, disable-thp", "Redis documentation: latency"));

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        String mode = Situation.known(situation.host().transparentHugePages());
        if (!mode.equals("always")) {
            return new Verdict.Healthy("transparent huge pages: " + mode);
        }
        if (situation.optionalParameter("disable-thp").filter("yes"::equals).isPresent()) {
            return new Verdict.Healthy("the server opted out by disable-thp, though the machine says always");
        }
        Forks forks = Forks.of(situation);
        if (!forks.possible()) {
            return new Verdict.NotApplicable("huge pages hurt at forks only, and nothing makes this server fork");
        }
        return situation
                .finding(CARD, Severity.MEDIUM)
                .affects(Objective.LATENCY, Objective.MEMORY)
                .seen("transparent huge pages: always (2 MB instead of 4 KB a page)", "host")
                .seen("it forks for: " + forks.reasons(), "CONFIG GET save appendonly, INFO replication")
                .remedy(onTheMachine(forks))
                .verdict();
    }

    private static Remedy onTheMachine(Forks forks) {
        String file = "/sys/kernel/mm/transparent_hugepage/enabled";
        return remedy("madvise", "Set transparent huge pages to madvise")
                .change(new Change.SetHost(
                        "transparent_hugepage", "always", "madvise", "echo madvise > " + file, "echo always > " + file))
                .because("a write during a fork copies 2 MB instead of 4 KB, and this server forks for "
                        + forks.reasons())
                .protects("copy-on-write takes 4 KB a page again")
                .risk(
                        Remedy.Risk.Level.LOW,
                        "other programs of the machine that gain from huge pages must ask for them")
                .costs("one line at boot; takes effect for memory that is allocated afterwards: restart the server")
                .serves(Objective.LATENCY, Objective.MEMORY)
                .notProvable("it is a setting of the whole machine, which a proof must not change")
                .build();
    }
}
