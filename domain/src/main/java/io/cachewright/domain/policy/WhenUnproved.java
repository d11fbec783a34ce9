package io.cachewright.domain.policy;

/// What a class of keys does while the promised freshness cannot be proved.
public enum WhenUnproved {
    /// Every read goes to the server; it fails when the server cannot be reached.
    REMOTE,
    /// The value at hand is served, marked stale and with its age; only a miss goes to the server.
    DEGRADE,
    /// Reads are refused, so that nobody trades on what may be wrong: risk limits, kill switches.
    REFUSE
}
