package io.cachewright.optimizer.rules.memory;

import static io.cachewright.optimizer.advice.RemedyBuilder.remedy;

import com.google.auto.service.AutoService;
import io.cachewright.domain.ByteSize;
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
import io.cachewright.optimizer.rules.Share;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// MEM-12: buffers of clients take memory from the data. They count against `maxmemory`, so that under an evicting
/// policy one slow reader evicts the cache.
@AutoService(Rule.class)
public final class ClientBuffersHeavy implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "MEM-12",
            "Buffers of clients take the memory of the data",
            Topic.MEMORY,
            RuleCard.Scope.EVERY_NODE,
            Set.of(Need.INFO, Need.CONFIG, Need.CLIENTS),
            "A reader that stalls while it is sent whole books grows its output buffer until the cache is evicted "
                    + "or the kernel steps in.",
            List.of("valkey: valkey.conf, maxmemory-clients", "valkey: src/object.c, MEMORY DOCTOR"));

    /// Of the limit (of used memory without one): ten times what pooled clients with small replies take.
    private static final double SHARE_MIN = 0.1;

    private static final double SHARE_GRAVE = 0.3;

    /// An empty server's connections are most of its memory and no problem.
    private static final long BYTES_MIN = 16L << 20;

    /// Room for the calm clients twice over, as a share of maxmemory.
    private static final long LIMIT_PERCENT_MIN = 5;

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        List<ClientConnection> clients = situation.clients().stream()
                .filter(client -> !client.fields().getOrDefault("flags", "N").contains("S"))
                .toList();
        long buffers =
                clients.stream().mapToLong(client -> client.number("tot-mem")).sum();
        long limit = situation.parameterNumber("maxmemory");
        long base = limit > 0 ? limit : situation.number("used_memory");
        double share = (double) buffers / Math.max(1, base);
        String seen = clients.size() + " clients hold " + new ByteSize(buffers) + ", " + Share.text(share) + " of "
                + (limit > 0 ? "maxmemory " : "used memory ") + new ByteSize(base);
        if (share < SHARE_MIN || buffers < BYTES_MIN) {
            return new Verdict.Healthy(seen);
        }
        FindingBuilder finding = situation
                .finding(CARD, share >= SHARE_GRAVE ? Severity.HIGH : Severity.MEDIUM)
                .affects(Objective.MEMORY, Objective.LATENCY)
                .seen(seen, "CLIENT LIST");
        clients.stream()
                .max(Comparator.comparingLong(client -> client.number("tot-mem")))
                .ifPresent(worst -> finding.seen(
                        "the largest, " + worst.address() + ", holds " + new ByteSize(worst.number("tot-mem"))
                                + " (output " + new ByteSize(worst.number("omem")) + "), last command "
                                + worst.lastCommand(),
                        "CLIENT LIST"));
        if (limit > 0
                && situation
                        .optionalParameter("maxmemory-clients")
                        .filter("0"::equals)
                        .isPresent()) {
            finding.remedy(limitClients(situation, clients, limit, seen));
        }
        return finding.verdict();
    }

    private static Remedy limitClients(Situation situation, List<ClientConnection> clients, long limit, String seen) {
        // The median client tells what calm ones need; the sum is what the stalled ones made of it.
        long calm = clients.stream()
                .mapToLong(client -> client.number("tot-mem"))
                .sorted()
                .skip(clients.size() / 2)
                .findFirst()
                .orElse(0);
        long percent = Math.clamp(Math.ceilDiv(200 * calm * clients.size(), limit), LIMIT_PERCENT_MIN, 50);
        return remedy("limit-clients", "Set maxmemory-clients to " + percent + "%")
                .change(situation.set("maxmemory-clients", percent + "%"))
                .because(seen + "; the median client needs " + new ByteSize(calm) + ", all of them twice over "
                        + percent + " % of maxmemory")
                .protects("the client with the largest buffers is disconnected before data is evicted for it")
                .risk(
                        Remedy.Risk.Level.MEDIUM,
                        "a client that reads large replies slowly is disconnected; mark those that must never be with "
                                + "CLIENT NO-EVICT on")
                .costs("one CONFIG SET; reconnects of slow readers")
                .serves(Objective.MEMORY, Objective.OPERATIONS)
                .notProvable("it acts only on clients that stall")
                .build();
    }
}
