package io.cachewright.optimizer.rules.latency;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;

import com.google.auto.service.AutoService;
import io.cachewright.optimizer.advice.Effect;
import io.cachewright.optimizer.advice.Remedy;
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

/// LAT-18: more I/O threads than cores. The threads spin while they wait for work, so they take the core from the
/// thread that runs commands.
@AutoService(Rule.class)
public final class IoThreadsBeyondCores implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "LAT-18",
            "More I/O threads than cores",
            Topic.LATENCY,
            RuleCard.Scope.EVERY_NODE,
            Set.of(Need.CONFIG, Need.HOST, Need.VERSION),
            "Threads that spin for work push the main thread off its core; latency falls off a cliff.",
            List.of("redis#13003", "valkey#4114", "valkey: valkey.conf, io-threads"));

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        long threads = situation.parameterNumber("io-threads");
        int cores = Situation.known(situation.host().cores());
        String seen = threads + " I/O threads on " + cores + " cores";
        if (threads <= 1 || threads < cores) {
            return new Verdict.Healthy(seen);
        }
        // One core stays free for the kernel's network work, the background threads and a fork's child.
        long wanted = Math.max(1, cores - 1L);
        return situation
                .finding(CARD, threads > cores ? Severity.HIGH : Severity.MEDIUM)
                .affects(Objective.LATENCY, Objective.THROUGHPUT)
                .seen(seen, "CONFIG GET io-threads, host")
                .remedy(fewer(situation, wanted, seen))
                .verdict();
    }

    private static Remedy fewer(Situation situation, long wanted, String seen) {
        return remedy("fewer-io-threads", "Set io-threads to " + wanted)
                .change(situation.set("io-threads", Long.toString(wanted), IoThreads.restart(situation.version())))
                .because(seen + "; the main thread counts as one of them")
                .expect(
                        Effect.Metric.P99,
                        -0.9,
                        -0.3,
                        0,
                        "an assumption: threads beyond the cores preempt the main thread, how often the proof measures")
                .risk(Remedy.Risk.Level.LOW, "less throughput if the machine gets more cores later")
                .costs("a restart where the version needs one")
                .serves(Objective.LATENCY)
                .provedByItsParameters()
                .build();
    }
}
