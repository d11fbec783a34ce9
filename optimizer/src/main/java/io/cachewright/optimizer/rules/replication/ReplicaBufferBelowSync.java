package io.cachewright.optimizer.rules.replication;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;

import com.google.auto.service.AutoService;
import io.cachewright.domain.ByteSize;
import io.cachewright.domain.Durations;
import io.cachewright.optimizer.advice.Remedy;
import io.cachewright.optimizer.diagnose.Need;
import io.cachewright.optimizer.diagnose.Rule;
import io.cachewright.optimizer.diagnose.RuleCard;
import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Situation;
import io.cachewright.optimizer.diagnose.Topic;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.requirements.Requirements.Objective;
import io.cachewright.optimizer.rules.OutputBufferLimits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// REP-08: while a full copy is sent, new writes wait in the replica's output buffer; when its limit is reached the
/// copy is cut and starts again, for ever.
@AutoService(Rule.class)
public final class ReplicaBufferBelowSync implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "REP-08",
            "A full copy cannot finish: the replica's output buffer is too small for the writes meanwhile",
            Topic.REPLICATION,
            RuleCard.Scope.PRIMARY,
            Set.of(Need.INFO, Need.WINDOW, Need.CONFIG),
            "The replica never comes back during the session, while the primary forks again and again.",
            List.of("valkey: src/networking.c, checkClientOutputBufferLimits", "BetterDB Monitor: resync loop"));

    /// Of memory: writing and sending a snapshot, then loading it, which alone was measured at 230 MB/s.
    private static final long COPY_BYTES_PER_SECOND = 100L << 20;

    private static final double SAFETY = 2;

    private static final long ROUNDED_TO = 16L << 20;

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        if (situation.number("connected_slaves") == 0) {
            return new Verdict.NotApplicable("no replica is connected");
        }
        Optional<OutputBufferLimits> parsed =
                OutputBufferLimits.parse(situation.parameter("client-output-buffer-limit"));
        if (parsed.isEmpty()) {
            return new Verdict.Unknown("client-output-buffer-limit could not be read");
        }
        OutputBufferLimits.Limit limit = parsed.get().replica();
        double written = situation.rate("master_repl_offset");
        Duration copy = Duration.ofSeconds(1 + situation.number("used_memory") / COPY_BYTES_PER_SECOND);
        long meanwhile = (long) (written * copy.toSeconds());
        boolean overHard = limit.hardBytes() > 0 && meanwhile > limit.hardBytes();
        boolean overSoft = limit.softBytes() > 0
                && meanwhile > limit.softBytes()
                && (meanwhile - limit.softBytes()) / Math.max(1, written) > limit.softSeconds();
        String seen = "a full copy of " + new ByteSize(situation.number("used_memory")) + " takes about "
                + Durations.brief(copy) + "; " + new ByteSize(meanwhile) + " are written meanwhile, the limit is "
                + limit.text();
        if (!overHard && !overSoft) {
            return new Verdict.Healthy(seen);
        }
        return situation
                .finding(CARD, Severity.HIGH)
                .affects(Objective.OPERATIONS, Objective.LATENCY)
                .seen(seen, "CONFIG GET client-output-buffer-limit, INFO, " + situation.windowSource())
                .remedy(raise(situation, parsed.get(), meanwhile, seen))
                .verdict();
    }

    private static Remedy raise(Situation situation, OutputBufferLimits limits, long meanwhile, String seen) {
        long hard = Math.ceilDiv((long) (meanwhile * SAFETY), ROUNDED_TO) * ROUNDED_TO;
        OutputBufferLimits raised = limits.withReplica(
                new OutputBufferLimits.Limit(hard, hard, limits.replica().softSeconds()));
        return remedy("larger-replica-buffer", "Allow replicas " + new ByteSize(hard) + " of output buffer")
                .change(situation.set("client-output-buffer-limit", raised.toConfig()))
                .because(seen + "; twice that is " + new ByteSize(hard))
                .protects("a full copy ends at the rate of writes of this window and at twice that rate")
                .risk(Remedy.Risk.Level.MEDIUM, "a replica that stalls takes " + new ByteSize(hard) + " of the machine")
                .costs("up to " + new ByteSize(hard) + " of memory a replica, beside maxmemory, during a copy")
                .serves(Objective.OPERATIONS)
                .harms(Objective.MEMORY)
                .notProvable("it acts only during a full copy: a drill shows it")
                .build();
    }
}
