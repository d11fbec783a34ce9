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
import io.cachewright.optimizer.requirements.Requirements.Objective;
import io.cachewright.optimizer.rules.Figures;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// TRD-K3: every tick is a round trip.
@AutoService(Rule.class)
public final class RoundTripPerWrite implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "TRD-K3",
            "Every write is a round trip of its own",
            Topic.TRADING,
            RuleCard.Scope.PRIMARY,
            Set.of(Need.WINDOW),
            "A read and a write system call a command is most of what a small command costs; in a burst the writer waits "
                    + "for answers instead of writing, and falls behind the feed.",
            List.of("measured on loopback: SET 109,000/s one by one, 750,000/s with 16 in a pipeline"));

    /// Commands that arrive with one read of a socket; a pipeline of any use shows more.
    private static final double COMMANDS_PER_READ_MAX = 1.25;

    /// Fewer writes do not hurt this way: a writer on one connection reaches ten times as many.
    private static final double WRITES_PER_SECOND = 2_000;

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        double commands = Situation.known(situation.profile().opsPerSecond());
        double writes = commands * Situation.known(situation.profile().writeShare());
        double reads = situation.rate("total_reads_processed");
        double perRead = reads == 0 ? 0 : commands / reads;
        if (writes < WRITES_PER_SECOND) {
            return new Verdict.NotApplicable("only " + Figures.perSecond(writes) + " writes");
        }
        if (perRead > COMMANDS_PER_READ_MAX) {
            return new Verdict.Healthy(Figures.decimal(perRead) + " commands arrive with one read");
        }
        return situation
                .finding(CARD, Severity.MEDIUM)
                .affects(Objective.THROUGHPUT, Objective.LATENCY)
                .seen(
                        Figures.perSecond(writes) + " writes, " + Figures.decimal(perRead)
                                + " commands a read of a socket",
                        "INFO total_reads_processed, " + situation.windowSource())
                .remedy(remedy("pipeline-writes", "Pipeline writes for 1 to 5 ms, and conflate top of book")
                        .change(new Change.ChangeClient(
                                Practice.PIPELINE_WRITES,
                                "one command, one wait",
                                "flush every 1 to 5 ms or 16 commands; keep only the last top of book within it"))
                        .because(Figures.decimal(perRead) + " commands arrive with one read, so each of "
                                + Figures.perSecond(writes) + " writes pays for its own system calls")
                        .expect(
                                Metric.THROUGHPUT,
                                2.0,
                                4.0,
                                6.9,
                                "measured on loopback: 109,000 to 750,000 SET/s at 16 in a pipeline; fewer when batches are smaller")
                        .risk(Risk.Level.LOW, "each write waits up to the flush interval")
                        .costs("writers change their flush policy")
                        .serves(Objective.THROUGHPUT, Objective.LATENCY)
                        .provedBy(new Experiment.ClientPractice(
                                Practice.PIPELINE_WRITES,
                                Map.of(
                                        "keys",
                                        Math.max(
                                                1,
                                                situation.profile().totalKeys().orElse(1L)))))
                        .build())
                .verdict();
    }
}
