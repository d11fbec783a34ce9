package io.cachewright.optimizer.evidence;

import java.time.Instant;
import java.util.List;

/// Everything that was read from one target, and what reading it cost.
///
/// @param target the target as people wrote it, without credentials
/// @param collectedWith the version of Cachewright that read it
/// @param nodes the primary first, then its replicas
public record Evidence(
        String target,
        String collectedWith,
        Instant startedAt,
        Instant endedAt,
        List<NodeEvidence> nodes,
        List<ProbeCost> probes) {

    public Evidence {
        nodes = List.copyOf(nodes);
        probes = List.copyOf(probes);
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("evidence covers at least one node");
        }
    }

    /// The node that was asked for; its replicas follow in [#nodes()].
    public NodeEvidence primary() {
        return nodes.getFirst();
    }
}
