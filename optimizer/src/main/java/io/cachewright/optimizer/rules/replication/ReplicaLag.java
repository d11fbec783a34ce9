package io.cachewright.optimizer.rules.replication;

import com.google.auto.service.AutoService;
import io.cachewright.domain.ByteSize;
import io.cachewright.domain.Durations;
import io.cachewright.optimizer.diagnose.Need;
import io.cachewright.optimizer.diagnose.Rule;
import io.cachewright.optimizer.diagnose.RuleCard;
import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Situation;
import io.cachewright.optimizer.diagnose.Topic;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.requirements.Requirements.Objective;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// REP-05: how far replicas are behind, in bytes and, by the rate at which the primary writes, in seconds. Bytes alone
/// say nothing: 10 MB are a day of a quiet server and a second of a busy one. A replica acknowledges once a second, so
/// a second of lag is what a healthy one shows.
@AutoService(Rule.class)
public final class ReplicaLag implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "REP-05",
            "A replica is behind",
            Topic.REPLICATION,
            RuleCard.Scope.PRIMARY,
            Set.of(Need.INFO, Need.WINDOW),
            "Readers of the replica see the past, and a failover loses what it has not received.",
            List.of("valkey: src/replication.c, REPLCONF ACK", "AWS ElastiCache skill", "BetterDB Monitor"));

    private static final Duration ACKNOWLEDGED_EVERY = Duration.ofSeconds(1);

    /// Two acknowledgements missed.
    private static final Duration BEHIND_FROM = Duration.ofSeconds(3);

    private static final Duration GRAVE_FROM = Duration.ofSeconds(10);

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        long offset = situation.number("master_repl_offset");
        double written = situation.rate("master_repl_offset");
        List<Lag> lags = new ArrayList<>();
        for (int at = 0; at < situation.number("connected_slaves"); at++) {
            situation
                    .info()
                    .parts("slave" + at)
                    .toOptional()
                    .ifPresent(parts -> lags.add(Lag.of(parts, offset, written)));
        }
        if (lags.isEmpty()) {
            return new Verdict.NotApplicable("no replica is connected");
        }
        Lag worst =
                lags.stream().max((a, b) -> a.behind().compareTo(b.behind())).orElseThrow();
        Duration allowed = allowed(situation);
        String seen = String.format(
                Locale.ROOT,
                "replica %s is %s behind, %s at %s written a second; its last acknowledgement is %d s old",
                worst.name(),
                new ByteSize(worst.bytes()),
                Durations.brief(worst.behind()),
                new ByteSize((long) written),
                worst.acknowledgedSecondsAgo());
        if (worst.behind().compareTo(allowed) <= 0) {
            return new Verdict.Healthy(seen);
        }
        return situation
                .finding(CARD, worst.behind().compareTo(GRAVE_FROM) >= 0 ? Severity.HIGH : Severity.MEDIUM)
                .affects(Objective.CONSISTENCY, Objective.DURABILITY)
                .seen(seen, "INFO replication, " + situation.windowSource())
                .seen("at most " + Durations.format(allowed) + " is taken as healthy here", "requirements")
                .verdict();
    }

    /// What the requirements allow, and never less than what the protocol shows for a replica that keeps up.
    private static Duration allowed(Situation situation) {
        Optional<Duration> required =
                situation.requirements().rpo().or(() -> situation.requirements().stalenessMax());
        return required.map(most -> most.compareTo(ACKNOWLEDGED_EVERY) < 0 ? ACKNOWLEDGED_EVERY.multipliedBy(2) : most)
                .filter(most -> most.compareTo(BEHIND_FROM) < 0)
                .orElse(BEHIND_FROM);
    }

    private record Lag(String name, long bytes, Duration behind, long acknowledgedSecondsAgo) {

        static Lag of(Map<String, String> parts, long offset, double writtenPerSecond) {
            long bytes = Math.max(0, offset - Long.parseLong(parts.getOrDefault("offset", "0")));
            long silent = Long.parseLong(parts.getOrDefault("lag", "0"));
            double seconds = writtenPerSecond > 0 ? bytes / writtenPerSecond : 0;
            Duration byBytes = Duration.ofMillis((long) Math.min(seconds * 1000, 1e12));
            Duration bySilence = Duration.ofSeconds(Math.max(0, silent));
            return new Lag(
                    parts.getOrDefault("ip", "?") + ":" + parts.getOrDefault("port", "?"),
                    bytes,
                    byBytes.compareTo(bySilence) > 0 ? byBytes : bySilence,
                    silent);
        }
    }
}
