package io.cachewright.lab.deployment;

import io.cachewright.lab.server.ServerSettings;
import java.time.Duration;

/// How a primary with replicas under Sentinels is run.
///
/// @param servers how each of the data servers is run; on TCP
/// @param replicas of the primary
/// @param sentinels that watch; more than half of them agree on a failover
/// @param downAfter a server that does not answer for so long counts as down
/// @param isBehindProxies whether servers and Sentinels reach the data servers through fault proxies only
public record SentinelSettings(
        ServerSettings servers, int replicas, int sentinels, Duration downAfter, boolean isBehindProxies) {

    public SentinelSettings {
        if (replicas < 1 || sentinels < 1 || downAfter.toMillis() < 1) {
            throw new IllegalArgumentException("replicas, sentinels and downAfter (in ms) must be at least 1, were "
                    + replicas + ", " + sentinels + " and " + downAfter);
        }
    }

    /// One primary, two replicas, three Sentinels who lose patience after a second: sooner, and a busy machine would
    /// have primaries replaced that are well.
    public static SentinelSettings usual() {
        return new SentinelSettings(ServerSettings.onTcp(), 2, 3, Duration.ofSeconds(1), false);
    }

    public SentinelSettings behindProxies() {
        return new SentinelSettings(servers, replicas, sentinels, downAfter, true);
    }

    public SentinelSettings withServers(ServerSettings wanted) {
        return new SentinelSettings(wanted, replicas, sentinels, downAfter, isBehindProxies);
    }
}
