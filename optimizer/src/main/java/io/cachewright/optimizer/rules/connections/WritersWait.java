package io.cachewright.optimizer.rules.connections;

import com.google.auto.service.AutoService;
import io.cachewright.optimizer.diagnose.Need;
import io.cachewright.optimizer.diagnose.Rule;
import io.cachewright.optimizer.diagnose.RuleCard;
import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Situation;
import io.cachewright.optimizer.diagnose.Topic;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.evidence.ClientConnection;
import io.cachewright.optimizer.requirements.Requirements.Objective;
import io.cachewright.optimizer.rules.LatencyBudget;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// CON-04: clients are blocked that should not be. A consumer that waits in BLPOP or XREADGROUP is doing its job, so
/// the number of blocked clients says nothing; one that waits in WAIT waits for a replica.
@AutoService(Rule.class)
public final class WritersWait implements Rule {

    private static final RuleCard CARD = new RuleCard(
            "CON-04",
            "Writers wait for replicas",
            Topic.CONNECTIONS,
            RuleCard.Scope.EVERY_NODE,
            Set.of(Need.CLIENTS),
            "An order that waits for a replica is late by as much.",
            List.of("Redis documentation: WAIT", "mcp-redis-diagnostics"));

    private static final Set<String> WAITS_FOR_REPLICAS = Set.of("wait", "waitaof");

    /// CLIENT LIST counts idle time in seconds.
    private static final Duration SEEN_FROM = Duration.ofSeconds(1);

    @Override
    public RuleCard card() {
        return CARD;
    }

    @Override
    public Verdict judge(Situation situation) {
        List<ClientConnection> blocked = situation.clients().stream()
                .filter(client -> client.fields().getOrDefault("flags", "").contains("b"))
                .toList();
        List<ClientConnection> waiting = blocked.stream()
                .filter(client -> WAITS_FOR_REPLICAS.contains(client.lastCommand()))
                .filter(client -> client.idle().compareTo(SEEN_FROM) >= 0)
                .toList();
        Optional<Duration> longest =
                waiting.stream().map(ClientConnection::idle).max(Comparator.naturalOrder());
        if (longest.isEmpty()) {
            return new Verdict.Healthy(blocked.size() + " clients are blocked, none of them in WAIT for a second");
        }
        return situation
                .finding(
                        CARD,
                        LatencyBudget.of(situation).times(longest.get()) >= 1000 ? Severity.HIGH : Severity.MEDIUM)
                .affects(Objective.LATENCY)
                .seen(
                        waiting.size() + " clients wait in WAIT, the longest for "
                                + longest.get().toSeconds() + " s",
                        "CLIENT LIST")
                .verdict();
    }
}
