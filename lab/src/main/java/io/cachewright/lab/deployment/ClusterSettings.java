package io.cachewright.lab.deployment;

import io.cachewright.lab.server.ServerSettings;
import java.time.Duration;

/// How a cluster is run.
///
/// @param nodes how each node is run; on TCP
/// @param shards into which the slots are divided evenly
/// @param replicasPerShard beside each primary
/// @param nodeTimeout a node that does not answer for so long counts as failing
public record ClusterSettings(ServerSettings nodes, int shards, int replicasPerShard, Duration nodeTimeout) {

    public ClusterSettings {
        if (shards < 1 || replicasPerShard < 0 || nodeTimeout.toMillis() < 1) {
            throw new IllegalArgumentException("shards and nodeTimeout (in ms) must be at least 1 and replicasPerShard"
                    + " not negative, were " + shards + ", " + nodeTimeout + " and " + replicasPerShard);
        }
    }

    /// Three primaries with a replica each, and a node timeout of one second.
    public static ClusterSettings usual() {
        return new ClusterSettings(ServerSettings.onTcp(), 3, 1, Duration.ofSeconds(1));
    }

    public ClusterSettings withNodes(ServerSettings wanted) {
        return new ClusterSettings(wanted, shards, replicasPerShard, nodeTimeout);
    }
}
