package io.cachewright.optimizer.rules.latency;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;

import com.google.auto.service.AutoService;
import io.cachewright.domain.ByteSize;
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

/// LAT-10a: the kernel may refuse the fork of a snapshot. Mode 0 refuses only what obviously exceeds RAM and swap
/// together, so a server that is small beside its machine is fine; mode 2 accounts each page twice.
@AutoService(Rule.class)
public final class OvercommitRefusesFork implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "LAT-10a",
            "The kernel may refuse the server's forks",
            Topic.LATENCY,
            RuleCard.Scope.EVERY_NODE,
            Set.of(Need.INFO, Need.CONFIG, Need.HOST),
            "A refused fork fails the snapshot; with stop-writes-on-bgsave-error the server then refuses all writes.",
            List.of("valkey: src/syscheck.c, overcommit", "Linux: Documentation/mm/overcommit-accounting"));

    private static final int ALWAYS = 1;
    private static final int STRICT = 2;

    /// The child counts as much again as the parent: beyond half of RAM and swap both exceed it together.
    private static final double SHARE_MAX = 0.5;

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        int mode = Situation.known(situation.host().overcommitMemory());
        if (mode == ALWAYS) {
            return new Verdict.Healthy("vm.overcommit_memory is 1");
        }
        Forks forks = Forks.of(situation);
        if (!forks.possible()) {
            return new Verdict.NotApplicable("nothing makes this server fork");
        }
        long resident = situation.number("used_memory_rss");
        long available = Situation.known(situation.host().memoryBytes())
                + Situation.known(situation.host().swapTotalBytes());
        boolean exceeds = resident > available * SHARE_MAX;
        String seen = "vm.overcommit_memory " + mode + ", resident " + new ByteSize(resident) + " of "
                + new ByteSize(available) + " RAM and swap";
        if (!exceeds && mode != STRICT) {
            return new Verdict.Healthy(seen + ": a fork still fits");
        }
        return situation
                .finding(CARD, exceeds ? Severity.HIGH : Severity.LOW)
                .affects(Objective.DURABILITY, Objective.OPERATIONS)
                .seen(seen, "host, INFO memory")
                .seen("it forks for: " + forks.reasons(), "CONFIG GET save appendonly, INFO replication")
                .remedy(always(mode, seen))
                .verdict();
    }

    private static Remedy always(int mode, String seen) {
        return remedy("overcommit", "Set vm.overcommit_memory to 1")
                .change(new Change.SetHost(
                        "vm.overcommit_memory",
                        Integer.toString(mode),
                        "1",
                        "sysctl -w vm.overcommit_memory=1",
                        "sysctl -w vm.overcommit_memory=" + mode))
                .because(seen)
                .protects("a fork is no longer refused for memory that copy-on-write will hardly use")
                .risk(Remedy.Risk.Level.MEDIUM, "too little memory shows as the OOM killer instead of a refused fork")
                .costs("one sysctl and a line in /etc/sysctl.d")
                .serves(Objective.DURABILITY, Objective.OPERATIONS)
                .notProvable("it is a setting of the whole machine, which a proof must not change")
                .build();
    }
}
