package io.cachewright.domain.policy;

/// Who writes the keys of a class.
public enum Writers {
    /// Any client, in any way: after a gap in what the server tells, nothing that is kept near can be trusted.
    ANY,
    /// This library only, in every process: each write is logged in the server, so that after a gap only what was
    /// written meanwhile is dropped.
    LIBRARY
}
