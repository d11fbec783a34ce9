package io.cachewright.optimizer.rules.latency;

import com.google.auto.service.AutoService;
import io.cachewright.optimizer.diagnose.FindingBuilder;
import io.cachewright.optimizer.diagnose.Need;
import io.cachewright.optimizer.diagnose.Rule;
import io.cachewright.optimizer.diagnose.RuleCard;
import io.cachewright.optimizer.diagnose.Situation;
import io.cachewright.optimizer.diagnose.Topic;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.evidence.HostFacts;
import io.cachewright.optimizer.requirements.Requirements.Objective;
import java.util.List;
import java.util.Set;

/// LAT-04: commands of constant time took milliseconds. The server did not run meanwhile: the machine is to blame.
@AutoService(Rule.class)
public final class FastCommandSpikes implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "LAT-04",
            "Commands of constant time took milliseconds: the machine did not run the server",
            Topic.LATENCY,
            RuleCard.Scope.EVERY_NODE,
            Set.of(Need.INFO, Need.LATENCY_EVENTS),
            "A noisy neighbour, a throttled container or a paused virtual machine; no setting of the server helps.",
            List.of("valkey: src/latency.c, fast-command"));

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        return Spikes.of(situation, Set.of("fast-command"))
                .<Verdict>map(spikes -> {
                    FindingBuilder finding = situation
                            .finding(CARD, spikes.severity())
                            .affects(Objective.LATENCY)
                            .seen(spikes.text(), "LATENCY HISTORY fast-command, " + situation.windowSource())
                            .seen(
                                    "measure the machine itself: redis-cli --intrinsic-latency 100, steal time, cgroup "
                                            + "cpu.stat nr_throttled",
                                    "next look");
                    situation.hostFact(HostFacts::cores).ifPresent(cores -> finding.seen(cores + " cores", "host"));
                    return finding.verdict();
                })
                .orElseGet(() -> new Verdict.Healthy("no fast command was slow within the window"));
    }
}
