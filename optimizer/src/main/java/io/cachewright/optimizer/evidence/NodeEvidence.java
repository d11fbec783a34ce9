package io.cachewright.optimizer.evidence;

import io.cachewright.domain.Reading;
import io.cachewright.domain.ServerVersion;
import java.util.List;
import java.util.Map;

/// What was read from one server.
///
/// @param address `host:port` or the path of a Unix socket
/// @param version engine and version; unavailable when INFO and HELLO are both refused
/// @param info INFO at two instants at least
/// @param config every parameter that CONFIG GET gave, passwords redacted
/// @param slowlog newest first
/// @param largeRequests COMMANDLOG GET large-request (Valkey 8.1 and newer)
/// @param largeReplies COMMANDLOG GET large-reply (Valkey 8.1 and newer)
/// @param latencyEvents LATENCY LATEST and HISTORY
/// @param commandLatencies LATENCY HISTOGRAM over the window, per command (Redis 7.0 and newer, every Valkey)
/// @param clients CLIENT LIST, without names of users
/// @param memoryStats MEMORY STATS flattened: `db.0.overhead.hashtable.main` and so on
/// @param aclUsers ACL LIST, without password hashes
/// @param aclDenials ACL LOG, newest first
/// @param keyspace a sample of the keys with their facts
/// @param host facts of the machine, only where the server runs on this one
/// @param roundTrip how long a PING took from here
public record NodeEvidence(
        String address,
        Reading<ServerVersion> version,
        Reading<InfoWindow> info,
        Reading<ServerConfig> config,
        Reading<List<SlowCommand>> slowlog,
        Reading<List<LargeCommand>> largeRequests,
        Reading<List<LargeCommand>> largeReplies,
        Reading<List<LatencyEvent>> latencyEvents,
        Reading<List<CommandLatency>> commandLatencies,
        Reading<List<ClientConnection>> clients,
        Reading<Map<String, Long>> memoryStats,
        Reading<List<AclUser>> aclUsers,
        Reading<List<AclDenial>> aclDenials,
        Reading<KeyspaceSample> keyspace,
        Reading<HostFacts> host,
        Reading<RoundTrip> roundTrip) {

    /// Whether INFO says that this node is a replica; false when INFO is unavailable.
    public boolean isReplica() {
        return info.toOptional()
                .flatMap(window -> window.last().text("role").toOptional())
                .filter("slave"::equals)
                .isPresent();
    }
}
