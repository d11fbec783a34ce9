package io.cachewright.optimizer.diagnose;

import io.cachewright.domain.Reading;
import io.cachewright.optimizer.evidence.KeyspaceSample;
import io.cachewright.optimizer.evidence.NodeEvidence;
import io.cachewright.optimizer.evidence.SampledKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which of a rule's needs the evidence of a node does not meet.
final class Needs {

    private Needs() {}

    /// The reason of the first unmet need, in the order of [Need]; empty when all are met.
    static Optional<String> firstMissing(Set<Need> needs, NodeEvidence node) {
        return needs.stream()
                .sorted()
                .flatMap(need -> missing(need, node).stream())
                .findFirst();
    }

    private static Optional<String> missing(Need need, NodeEvidence node) {
        return switch (need) {
            case INFO -> node.info().missing();
            // Every server counts its commands, so this counter tells whether there is a window at all.
            case WINDOW ->
                node.info()
                        .flatMap(window -> window.growth("total_commands_processed"))
                        .missing();
            case CONFIG -> node.config().missing();
            case SLOWLOG -> node.slowlog().missing();
            case COMMANDLOG ->
                node.largeRequests().missing().or(() -> node.largeReplies().missing());
            case LATENCY_EVENTS -> node.latencyEvents().missing();
            case COMMAND_LATENCIES -> node.commandLatencies().missing();
            case CLIENTS -> node.clients().missing();
            case MEMORY_STATS -> node.memoryStats().missing();
            case ACL -> node.aclUsers().missing().or(() -> node.aclDenials().missing());
            case DATABASES ->
                node.keyspace().map(KeyspaceSample::complete).orElse(false)
                        ? Optional.empty()
                        : node.info().missing();
            case KEYSPACE -> node.keyspace().missing();
            case VALUES ->
                node.keyspace().flatMap(sample -> anyValue(sample.keys())).missing();
            case HOST -> node.host().missing();
            case ROUND_TRIP -> node.roundTrip().missing();
            case VERSION -> node.version().missing();
        };
    }

    /// Known when one value at least was looked at, or when there was none to look at.
    private static Reading<Boolean> anyValue(List<SampledKey> keys) {
        if (keys.isEmpty() || keys.stream().anyMatch(key -> key.value().isKnown())) {
            return Reading.known(true);
        }
        return keys.getFirst().value().map(_ -> true);
    }
}
