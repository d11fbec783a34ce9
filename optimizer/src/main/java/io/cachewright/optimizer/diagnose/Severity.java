package io.cachewright.optimizer.diagnose;

/// How much a finding matters, least first.
public enum Severity {
    /// Worth knowing; nothing is wrong.
    INFO,
    LOW,
    MEDIUM,
    HIGH,
    /// Money or data is being lost, or the server is open to strangers.
    CRITICAL
}
