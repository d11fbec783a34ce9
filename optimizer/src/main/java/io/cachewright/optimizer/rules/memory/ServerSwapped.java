package io.cachewright.optimizer.rules.memory;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;

import com.google.auto.service.AutoService;
import io.cachewright.domain.ByteSize;
import io.cachewright.optimizer.advice.Change;
import io.cachewright.optimizer.advice.Remedy;
import io.cachewright.optimizer.diagnose.FindingBuilder;
import io.cachewright.optimizer.diagnose.Need;
import io.cachewright.optimizer.diagnose.Rule;
import io.cachewright.optimizer.diagnose.RuleCard;
import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Situation;
import io.cachewright.optimizer.diagnose.Topic;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.evidence.HostFacts;
import io.cachewright.optimizer.requirements.Requirements.Objective;
import io.cachewright.optimizer.rules.Share;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// MEM-09: the kernel has moved the server's pages to disk. Judged by the bytes really swapped: a
/// `mem_fragmentation_ratio` below 1 is only a hint, and after a restore or with a lazily filled heap a false one.
@AutoService(Rule.class)
public final class ServerSwapped implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "MEM-09",
            "Part of the server's memory is swapped out",
            Topic.MEMORY,
            RuleCard.Scope.EVERY_NODE,
            Set.of(Need.INFO, Need.HOST),
            "Each touch of a swapped page stalls every client for a disk read; a book that was quiet at night "
                    + "is read back page by page at the open.",
            List.of("Redis documentation: latency, swapping", "Linux: /proc/PID/smaps, Swap"));

    /// Start-up code and thread stacks that nobody touches again are swapped first, and harm nobody.
    private static final long COLD_BYTES = 4L << 20;

    /// Of the data: with more, a random read meets the disk at more than every hundredth command.
    private static final double SHARE_GRAVE = 0.01;

    private static final int SWAPPINESS = 1;

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        long swapped = Situation.known(situation.host().swapUsedBytesOfServer());
        if (swapped <= COLD_BYTES) {
            return new Verdict.Healthy(new ByteSize(swapped) + " of the server are swapped");
        }
        long used = situation.number("used_memory");
        double share = (double) swapped / Math.max(1, used);
        FindingBuilder finding = situation
                .finding(CARD, share >= SHARE_GRAVE ? Severity.HIGH : Severity.LOW)
                .affects(Objective.LATENCY)
                .seen(
                        new ByteSize(swapped) + " swapped, " + Share.text(share) + " of " + new ByteSize(used)
                                + " used",
                        "host: swap of the process");
        Optional<Integer> swappiness = situation.hostFact(HostFacts::swappiness).filter(value -> value > SWAPPINESS);
        swappiness.ifPresent(value -> finding.remedy(lessSwapping(swapped, value)));
        return finding.verdict();
    }

    private static Remedy lessSwapping(long swapped, int swappiness) {
        return remedy("swap-less", "Set vm.swappiness to " + SWAPPINESS)
                .change(new Change.SetHost(
                        "vm.swappiness",
                        Integer.toString(swappiness),
                        Integer.toString(SWAPPINESS),
                        "sysctl -w vm.swappiness=" + SWAPPINESS,
                        "sysctl -w vm.swappiness=" + swappiness))
                .because(
                        new ByteSize(swapped) + " are swapped at vm.swappiness " + swappiness
                                + "; pages come back as they are touched, or all at once by a restart of a replica and failover")
                .protects("the kernel drops file cache before it swaps the server again")
                .risk(Remedy.Risk.Level.LOW, "other processes of the machine swap less too")
                .costs("one sysctl and a line in /etc/sysctl.d")
                .serves(Objective.LATENCY)
                .notProvable("memory pressure of the whole machine is not imitated on a shadow")
                .build();
    }
}
