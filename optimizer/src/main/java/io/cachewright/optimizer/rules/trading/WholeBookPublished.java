package io.cachewright.optimizer.rules.trading;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;

import com.google.auto.service.AutoService;
import io.cachewright.optimizer.advice.Change;
import io.cachewright.optimizer.advice.Effect.Metric;
import io.cachewright.optimizer.advice.Practice;
import io.cachewright.optimizer.advice.Remedy.Risk;
import io.cachewright.optimizer.diagnose.Need;
import io.cachewright.optimizer.diagnose.Rule;
import io.cachewright.optimizer.diagnose.RuleCard;
import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Situation;
import io.cachewright.optimizer.diagnose.Topic;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.evidence.ClientConnection;
import io.cachewright.optimizer.requirements.Requirements.Objective;
import io.cachewright.optimizer.rules.Figures;
import java.util.List;
import java.util.Set;

/// TRD-B7: whole books sent to every subscriber on every change.
@AutoService(Rule.class)
public final class WholeBookPublished implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "TRD-B7",
            "Large messages are published on every change",
            Topic.TRADING,
            RuleCard.Scope.PRIMARY,
            Set.of(Need.WINDOW, Need.CLIENTS, Need.KEYSPACE),
            "Each subscriber gets a copy of every message, so the server's output is message size × rate × "
                    + "subscribers; the slowest subscriber is cut off at its buffer limit at the busiest moment.",
            List.of("gitbitex/gitbitex-new: l2_batch topic", "valkey: valkey.conf, client-output-buffer-limit pubsub"));

    private static final long LARGE_BYTES = 4 << 10;

    /// Fewer are announcements, not ticks.
    private static final double PUBLISHES_PER_SECOND = 5;

    /// Sequence, instrument and a delta of a few levels.
    private static final double NOTICE_BYTES = 256;

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        Payloads payloads = Payloads.of(situation);
        if (payloads.publishesPerSecond() < PUBLISHES_PER_SECOND) {
            return new Verdict.NotApplicable("PUBLISH runs " + Figures.perSecond(payloads.publishesPerSecond()));
        }
        List<ClientConnection> subscribers = situation.clients().stream()
                .filter(client -> client.fields().getOrDefault("flags", "").contains("P"))
                .toList();
        double incoming =
                payloads.largeBytesPerSecond() / (payloads.publishesPerSecond() + largeSets(situation, payloads));
        double outgoing = subscribers.isEmpty()
                ? 0
                : Situation.known(situation.profile().bytesOutPerSecond())
                        / (payloads.publishesPerSecond() * subscribers.size());
        if (incoming < LARGE_BYTES) {
            return new Verdict.Healthy("a published message has at most " + Figures.bytes(incoming) + " on average");
        }
        double share = Math.min(1, incoming * payloads.publishesPerSecond() / payloads.bytesInPerSecond());
        long waiting = subscribers.stream()
                .mapToLong(client -> client.number("omem"))
                .max()
                .orElse(0);
        return situation
                .finding(CARD, subscribers.isEmpty() ? Severity.MEDIUM : Severity.HIGH)
                .affects(Objective.LATENCY, Objective.THROUGHPUT, Objective.COST)
                .seen(
                        "PUBLISH " + Figures.perSecond(payloads.publishesPerSecond()) + " with about "
                                + Figures.bytes(incoming) + " a message, " + Figures.percent(share) + " of the input",
                        "INFO commandstats and input bytes, " + situation.windowSource())
                .seen(
                        subscribers.size() + " subscribers, up to " + Figures.bytes(outgoing)
                                + " sent to each a message, largest output buffer " + Figures.bytes(waiting),
                        "CLIENT LIST, output bytes")
                .remedy(remedy("publish-sequence", "Publish sequence and delta, and let readers fetch the snapshot")
                        .change(new Change.ChangeClient(
                                Practice.SNAPSHOT_AND_SEQUENCE,
                                "PUBLISH of " + Figures.bytes(incoming),
                                "PUBLISH of instrument, sequence and delta (about " + Figures.bytes(NOTICE_BYTES)
                                        + "); readers GET the snapshot after a gap"))
                        .because("about " + Figures.bytes(incoming) + " a message, "
                                + Figures.perSecond(payloads.publishesPerSecond()) + ", to " + subscribers.size()
                                + " subscribers")
                        .expect(
                                Metric.BYTES_IN,
                                -share,
                                -share * (1 - NOTICE_BYTES / incoming),
                                -share * (1 - 4 * NOTICE_BYTES / incoming) * 0.9,
                                "share of published bytes in the input, a notice of " + Figures.bytes(NOTICE_BYTES)
                                        + " instead")
                        .protects("a slow subscriber is no longer cut off by its output buffer at the peak")
                        .risk(Risk.Level.MEDIUM, "subscribers have to notice gaps and fetch the snapshot")
                        .costs("publisher and subscribers change")
                        .serves(Objective.LATENCY, Objective.THROUGHPUT, Objective.COST)
                        .notProvable("subscribers of the shadow would not be yours")
                        .build())
                .verdict();
    }

    /// SETs count as carriers of the same bytes only where large strings exist.
    private static double largeSets(Situation situation, Payloads payloads) {
        boolean largeStrings = situation.families().stream()
                .anyMatch(family -> family.mainType().equals("string") && Payloads.meanBytes(family) >= LARGE_BYTES);
        return largeStrings ? payloads.setsPerSecond() : 0;
    }
}
