package io.cachewright.domain;

/// What a key family holds in a trading system; it decides which advice fits and what must never be evicted.
public enum UseCase {
    TOP_OF_BOOK("top of book", State.DERIVED),
    DEPTH("order book depth", State.DERIVED),
    TAPE("trade tape", State.DERIVED),
    CANDLES("candles", State.DERIVED),
    TICKER("ticker", State.DERIVED),
    POSITIONS("positions", State.AUTHORITATIVE),
    RISK_LIMITS("risk limits", State.AUTHORITATIVE),
    ORDERS("orders", State.AUTHORITATIVE),
    IDEMPOTENCY("idempotency keys", State.AUTHORITATIVE),
    FIX_SESSION("FIX session state", State.AUTHORITATIVE),
    RATE_LIMITS("rate limits", State.EPHEMERAL),
    LOCKS("locks", State.AUTHORITATIVE),
    SESSIONS("sessions and entitlements", State.EPHEMERAL),
    REFERENCE_DATA("reference data", State.DERIVED),
    QUEUE("queue or stream", State.AUTHORITATIVE),
    OTHER("other", State.UNKNOWN);

    /// What is lost when such a key disappears.
    public enum State {
        /// Can be rebuilt from a feed or a database.
        DERIVED,
        /// Losing it loses money or breaks a duty: never evict, never expire early.
        AUTHORITATIVE,
        /// Short-lived by nature.
        EPHEMERAL,
        UNKNOWN
    }

    private final String label;
    private final State state;

    UseCase(String label, State state) {
        this.label = label;
        this.state = state;
    }

    public String label() {
        return label;
    }

    public State state() {
        return state;
    }
}
