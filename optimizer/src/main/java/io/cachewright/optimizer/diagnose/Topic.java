package io.cachewright.optimizer.diagnose;

/// The group a rule belongs to.
public enum Topic {
    MEMORY("memory"),
    LATENCY("latency"),
    PERSISTENCE("persistence"),
    REPLICATION("replication"),
    CONNECTIONS("connections"),
    KEYSPACE("keyspace"),
    TTL_AND_EVICTION("TTL and eviction"),
    SECURITY("security"),
    TRADING("trading");

    private final String label;

    Topic(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
