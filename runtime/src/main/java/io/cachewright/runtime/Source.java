package io.cachewright.runtime;

/// Where the value of a read came from.
public enum Source {
    /// The near-cache, as fresh as its class promises.
    NEAR,
    /// The server.
    REMOTE,
    /// The near-cache, older than its class promises or not provably fresh, served because the class says so.
    STALE
}
