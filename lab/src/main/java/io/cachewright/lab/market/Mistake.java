package io.cachewright.lab.market;

/// The ways of storing and reading trading data wrongly that [NaiveWriter], [NaiveDesk] and [NaiveReaders] commit.
/// The ids are those of the catalogue of anti-patterns.
public enum Mistake {
    TORN_REBUILD("B1", "a price ladder is deleted and rebuilt level by level outside a transaction"),
    SPLIT_BOOK("B2", "prices and sizes of one ladder live in two keys that are updated apart"),
    QUANTITY_IN_MEMBER("B3", "sorted-set members are \"price:quantity\", so old quantities stay beside new ones"),
    ZERO_LEVELS_KEPT("B4", "levels with quantity zero are stored instead of deleted"),
    DEPTH_NOT_TRIMMED("B5", "books grow beyond the depth anyone reads"),
    WHOLE_BOOK_REWRITTEN("B6", "the whole book is rewritten as JSON on every change"),
    WHOLE_BOOK_PUBLISHED("B7", "the whole book is published on every change"),
    NO_SEQUENCE("B8", "values carry neither a sequence nor a time"),
    SIDES_READ_APART("B11", "bids and asks are read in two calls"),
    FLOATING_POINT_MONEY("N1", "positions are added up as floating-point numbers; books hold them in JSON"),
    TIME_IN_SCORE("N2", "the time is packed in the fraction of a price score"),
    SCORE_BEYOND_PRECISION("N3", "nanosecond timestamps above 2^53 are scores"),
    VALUE_AS_MEMBER("N4", "a price is the member of a time series, so equal prices collapse"),
    KEYS_IN_REQUEST_PATH("K1", "KEYS runs in the request path"),
    READ_ONE_BY_ONE("K2", "a watch list is read with one GET a symbol, one after the other"),
    ROUND_TRIP_PER_TICK("K3", "every tick is a round trip of its own, none is conflated"),
    WHOLE_COLLECTION_READ("K4", "whole collections are read for their best or latest element"),
    UNBOUNDED_COLLECTION("M1", "tapes, streams and lists have no cap"),
    JSON_TRADES_IN_ZSET("M2", "trades are JSON members of a sorted set"),
    NO_TTL("M3", "tickers, books and orders never expire"),
    EXPIRE_AFTER_SET("M4", "SET and EXPIRE are two commands"),
    ONE_CHANNEL("P3", "one channel carries every instrument"),
    CHECK_THEN_ACT("C1", "limits are read, compared and written back"),
    IDEMPOTENCY_BY_CONTENT("C2", "the idempotency key is a hash of the order's content and lives a minute"),
    SEQUENCE_IN_CACHE("C3", "FIX sequence numbers live in the cache alone"),
    EVENTS_REPLAYED("C5", "an order's event list is read whole on every update"),
    LOCK_WITHOUT_EXPIRY("C7", "locks have neither a token nor an expiry");

    private final String id;
    private final String label;

    Mistake(String id, String label) {
        this.id = id;
        this.label = label;
    }

    /// For example `B6`.
    public String id() {
        return id;
    }

    public String label() {
        return label;
    }
}
