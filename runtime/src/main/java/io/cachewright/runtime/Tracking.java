package io.cachewright.runtime;

/// How the server knows which invalidations to send.
public enum Tracking {
    /// All keys with the prefixes of the classes, whoever reads them: costs the server no memory.
    BROADCAST,
    /// Only keys that this client has read since they last changed: for wide keyspaces of which little is read. The
    /// server remembers them in its tracking table (`tracking-table-max-keys`).
    OPT_IN
}
