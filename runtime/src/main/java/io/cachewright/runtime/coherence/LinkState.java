package io.cachewright.runtime.coherence;

/// How much one link proves just now, from nothing upwards.
public enum LinkState {
    /// No connection: invalidations are being missed.
    GAP,
    /// A connection is being opened and armed; nothing is proved.
    CONNECTING,
    /// Armed, but no heartbeat came back within the bound: the link may be half-open. A late answer heals it, since
    /// nothing is lost on an ordered link that delivers.
    SUSPECT,
    /// Armed, and heartbeats come back in time.
    LIVE
}
