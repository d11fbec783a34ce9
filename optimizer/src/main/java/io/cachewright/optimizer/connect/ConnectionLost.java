package io.cachewright.optimizer.connect;

/// A connection broke, or a reply did not come in time, within a session. The message is one clause.
public final class ConnectionLost extends RuntimeException {

    private final String clause;

    ConnectionLost(String clause) {
        super(clause);
        this.clause = clause;
    }

    /// What happened, as one clause.
    public String clause() {
        return clause;
    }
}
