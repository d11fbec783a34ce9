package io.cachewright.optimizer.advice;

import io.cachewright.domain.ServerVersion;
import io.cachewright.optimizer.evidence.NodeEvidence;
import java.util.Optional;

/// A server that changes are carried out on.
///
/// @param address as changes name it: `host:port` or the path of a Unix socket
/// @param version empty when it is unknown; then no script guards against another one
public record ServerNode(String address, Optional<ServerVersion> version, boolean isReplica) {

    private static final String UNIX = "unix:";

    /// A server as it was collected.
    public static ServerNode of(NodeEvidence node) {
        return new ServerNode(node.address(), node.version().toOptional(), node.isReplica());
    }

    /// What redis-cli needs to reach it; a password is read from the environment variable `REDISCLI_AUTH`.
    String redisCli() {
        String place = address.startsWith(UNIX) ? address.substring(UNIX.length()) : address;
        if (place.startsWith("/")) {
            return "redis-cli -s " + Quoting.forShell(place);
        }
        int colon = place.lastIndexOf(':');
        if (colon < 0) {
            return "redis-cli -h " + Quoting.forShell(place);
        }
        String host = place.substring(0, colon).replaceAll("^\\[|]$", "");
        return "redis-cli -h " + Quoting.forShell(host) + " -p " + Quoting.forShell(place.substring(colon + 1));
    }
}
