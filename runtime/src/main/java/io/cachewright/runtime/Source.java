package io.cachewright.runtime;

/// Where the value of a read came from.
public enum Source {
    /// The near-cache, as fresh as its class promises.
    NEAR,
    /// The server.
    REMOTE,
    /// The source behind the cache, read just now.
    LOADED,
    /// Older than its class promises, not provably fresh, or past its time to live: served because the class
    /// says so.
    STALE
}
