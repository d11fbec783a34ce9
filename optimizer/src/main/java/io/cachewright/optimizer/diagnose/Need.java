package io.cachewright.optimizer.diagnose;

/// Evidence that a rule cannot judge without. When it is missing the verdict is *unknown*, with the reason.
public enum Need {
    /// INFO, one reading.
    INFO,
    /// INFO at two instants of one server run.
    WINDOW,
    CONFIG,
    SLOWLOG,
    COMMANDLOG,
    LATENCY_EVENTS,
    COMMAND_LATENCIES,
    CLIENTS,
    MEMORY_STATS,
    ACL,
    /// Which logical databases hold keys: INFO, or a keyspace whose names were all read.
    DATABASES,
    /// Sampled keys with type, elements and TTL.
    KEYSPACE,
    /// Sampled keys with facts of their values.
    VALUES,
    HOST,
    ROUND_TRIP,
    /// Engine and version.
    VERSION
}
