package io.cachewright.optimizer.rules.connections;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;

import com.google.auto.service.AutoService;
import io.cachewright.domain.ByteSize;
import io.cachewright.optimizer.advice.Change;
import io.cachewright.optimizer.advice.Practice;
import io.cachewright.optimizer.advice.Remedy;
import io.cachewright.optimizer.diagnose.FindingBuilder;
import io.cachewright.optimizer.diagnose.Need;
import io.cachewright.optimizer.diagnose.Rule;
import io.cachewright.optimizer.diagnose.RuleCard;
import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Situation;
import io.cachewright.optimizer.diagnose.Topic;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.evidence.ClientConnection;
import io.cachewright.optimizer.requirements.Requirements.Objective;
import io.cachewright.optimizer.rules.OutputBufferLimits;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// CON-07 (with CON-08): how long a subscriber may stall before it is disconnected and loses the feed:
/// `limit / bytes a second a subscriber`. The number of subscribers alone says nothing.
@AutoService(Rule.class)
public final class SlowSubscriberLimit implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "CON-07",
            "A subscriber that pauses for a moment is disconnected and loses the feed",
            Topic.CONNECTIONS,
            RuleCard.Scope.EVERY_NODE,
            Set.of(Need.INFO, Need.WINDOW, Need.CONFIG, Need.CLIENTS),
            "A garbage collection at the open is enough: the subscriber is cut, misses messages, and comes back "
                    + "together with all others.",
            List.of("valkey: valkey.conf, client-output-buffer-limit pubsub", "Redis documentation: Pub/Sub delivery"));

    /// A full garbage collection of a large heap, or one retransmission time-out of TCP, lasts about a second.
    private static final double STALL_SECONDS_MIN = 1;

    private static final double STALL_SECONDS_WANTED = 5;

    /// The open publishes several times as much as the window.
    private static final double BURST = 2;

    /// Of maxmemory, for all subscribers stalled at once.
    private static final double MEMORY_SHARE_MAX = 0.25;

    private static final long ROUNDED_TO = 1L << 20;

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        List<ClientConnection> subscribers = situation.clients().stream()
                .filter(client -> client.number("sub") + client.number("psub") + client.number("ssub") > 0)
                .toList();
        if (subscribers.isEmpty()) {
            return new Verdict.NotApplicable("nobody subscribes");
        }
        Optional<OutputBufferLimits> limits =
                OutputBufferLimits.parse(situation.parameter("client-output-buffer-limit"));
        if (limits.isEmpty()) {
            return new Verdict.Unknown("client-output-buffer-limit could not be read");
        }
        OutputBufferLimits.Limit limit = limits.get().pubsub();
        double bytesPerSecond = bytesPerSubscriber(situation, subscribers.size()) * BURST;
        double survives = survives(limit, bytesPerSecond);
        long cut = situation
                .optionalGrowth("client_output_buffer_limit_disconnections")
                .orElse(0L);
        String seen = String.format(
                Locale.ROOT,
                "%d subscribers, up to %s a second each at twice the rate of the window; with %s one survives a stall "
                        + "of %.1f s",
                subscribers.size(),
                new ByteSize((long) bytesPerSecond),
                limit.text(),
                Math.min(survives, 999));
        if (survives >= STALL_SECONDS_MIN && cut == 0) {
            return new Verdict.Healthy(seen);
        }
        FindingBuilder finding = situation
                .finding(CARD, cut > 0 ? Severity.HIGH : Severity.MEDIUM)
                .affects(Objective.LATENCY, Objective.CONSISTENCY)
                .seen(seen, "CLIENT LIST, INFO stats, " + situation.windowSource());
        if (cut > 0) {
            finding.seen(cut + " clients were cut for their output buffers", "INFO stats, " + situation.windowSource());
        }
        long wanted = Math.ceilDiv((long) (bytesPerSecond * STALL_SECONDS_WANTED), ROUNDED_TO) * ROUNDED_TO;
        long memory = Math.max(situation.parameterNumber("maxmemory"), situation.number("used_memory"));
        Remedy less = sendLess(seen);
        if (wanted > limit.hardBytes() && wanted * subscribers.size() <= memory * MEMORY_SHARE_MAX) {
            finding.remedy(larger(situation, limits.get(), wanted, subscribers.size(), seen));
        }
        return finding.remedy(less).verdict();
    }

    /// At most: all output that is not a reply to the other commands would be messages, so the server's output
    /// divided among subscribers bounds it, and so do the publishers' bytes, which each subscriber may get all of.
    private static double bytesPerSubscriber(Situation situation, int subscribers) {
        double published = situation.window().rate("cmdstat_publish", "calls").orElse(0.0)
                + situation.window().rate("cmdstat_spublish", "calls").orElse(0.0);
        if (published == 0) {
            return 0;
        }
        double out = situation.rate("total_net_output_bytes") / subscribers;
        double in = situation.rate("total_net_input_bytes");
        return Math.min(out, in);
    }

    /// Seconds until the hard limit, or until the soft limit has been exceeded for its time.
    private static double survives(OutputBufferLimits.Limit limit, double bytesPerSecond) {
        if (bytesPerSecond <= 0) {
            return Double.MAX_VALUE;
        }
        double hard = limit.hardBytes() == 0 ? Double.MAX_VALUE : limit.hardBytes() / bytesPerSecond;
        double soft =
                limit.softBytes() == 0 ? Double.MAX_VALUE : limit.softBytes() / bytesPerSecond + limit.softSeconds();
        return Math.min(hard, soft);
    }

    private static Remedy larger(
            Situation situation, OutputBufferLimits limits, long wanted, int subscribers, String seen) {
        OutputBufferLimits raised = limits.withPubsub(
                new OutputBufferLimits.Limit(wanted, wanted / 2, limits.pubsub().softSeconds()));
        return remedy("larger-buffer", "Allow subscribers " + new ByteSize(wanted) + " of output buffer")
                .change(situation.set("client-output-buffer-limit", raised.toConfig()))
                .because(seen
                        + String.format(Locale.ROOT, "; %.0f s need %s", STALL_SECONDS_WANTED, new ByteSize(wanted)))
                .protects("a subscriber may pause for " + (long) STALL_SECONDS_WANTED + " s without losing the feed")
                .risk(
                        Remedy.Risk.Level.MEDIUM,
                        "all subscribers stalled at once take " + new ByteSize(wanted * subscribers))
                .costs("up to " + new ByteSize(wanted * subscribers) + " of memory")
                .serves(Objective.CONSISTENCY, Objective.OPERATIONS)
                .harms(Objective.MEMORY)
                .notProvable("it acts only on subscribers that stall: a drill shows it")
                .build();
    }

    private static Remedy sendLess(String seen) {
        return remedy("send-less", "Publish sequence and delta; let readers pull the snapshot")
                .change(new Change.ChangeClient(
                        Practice.SNAPSHOT_AND_SEQUENCE,
                        "whole snapshots to every subscriber",
                        "deltas with a sequence"))
                .because(seen)
                .protects("a reader that was cut notices the gap by the sequence and pulls one snapshot")
                .risk(Remedy.Risk.Level.MEDIUM, "publishers and subscribers change together")
                .costs("code of publishers and subscribers")
                .serves(Objective.LATENCY, Objective.CONSISTENCY)
                .notProvable("it depends on how slow the site's own subscribers are")
                .build();
    }
}
