package io.cachewright.optimizer.offline;

import io.cachewright.domain.Reading;
import io.cachewright.domain.Reading.Cause;
import io.cachewright.domain.ServerVersion;
import io.cachewright.optimizer.evidence.KeyspaceSample;
import io.cachewright.optimizer.evidence.NodeEvidence;

/// What files do not tell.
final class Untold {

    private Untold() {}

    /// A node of which nothing is known.
    ///
    /// @param source for people, `a snapshot`
    /// @param name of the file
    static NodeEvidence node(String source, String name) {
        return node(source, name, by(source, "a server's version"), by(source, "keys with their sizes and values"));
    }

    /// A node of which only the version and the keys are known, or not even these.
    static NodeEvidence node(
            String source, String name, Reading<ServerVersion> version, Reading<KeyspaceSample> keyspace) {
        return new NodeEvidence(
                name,
                version,
                by(source, "what a server counts (INFO)"),
                by(source, "a server's parameters (CONFIG)"),
                by(source, "slow commands (SLOWLOG)"),
                by(source, "large requests (COMMANDLOG)"),
                by(source, "large replies (COMMANDLOG)"),
                by(source, "latency events (LATENCY)"),
                by(source, "latencies in the server (LATENCY HISTOGRAM)"),
                by(source, "a server's clients (CLIENT LIST)"),
                by(source, "a server's own memory (MEMORY STATS)"),
                by(source, "users and their rights (ACL)"),
                by(source, "refused accesses (ACL LOG)"),
                keyspace,
                by(source, "the machine"),
                by(source, "the way to the server (PING)"));
    }

    static <T> Reading<T> by(String source, String what) {
        return Reading.unavailable(Cause.NOT_COLLECTED, source + " does not tell " + what);
    }
}
