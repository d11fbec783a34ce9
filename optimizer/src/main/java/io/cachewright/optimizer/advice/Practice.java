package io.cachewright.optimizer.advice;

/// A way of using the server that advice names: each has code in Java, Python, Go and C++, and where a shadow can show
/// its effect, a pair of workloads (the practice and what it replaces).
public enum Practice {
    BOOK_DELTAS("write book deltas instead of the whole book"),
    ATOMIC_SWAP("build aside and swap atomically instead of delete and rebuild"),
    ONE_BOOK_STRUCTURE("keep price and size in one structure"),
    PRICE_AS_MEMBER("price as member or field, quantity as value; delete zero levels"),
    TRIM_DEPTH("trim the book to its subscribed depth"),
    TOP_OF_BOOK_KEY("keep top of book in its own key instead of reading the whole book"),
    SEQUENCE_AND_TIME("carry sequence, exchange time and receive time with every value"),
    SCALED_INTEGERS("scaled 64-bit integers instead of floats"),
    EXACT_SCORES("scores that a double can hold; ids and times in the member"),
    BATCH_READS("one MGET or one pipeline instead of a round trip a key"),
    PIPELINE_WRITES("pipeline or conflate instead of a round trip a tick"),
    KEY_REGISTRY("a registry set instead of KEYS or SCAN on the request path"),
    CAPPED_STREAM("a capped stream instead of an untrimmed list, sorted set or stream"),
    SET_WITH_TTL("SET with PX in one command, KEEPTTL on overwrite"),
    TTL_JITTER("spread lifetimes so that they do not end together"),
    SESSION_TTL("lifetimes that end with the trading session or the instrument"),
    CONNECTION_REUSE("one pooled or multiplexed connection instead of one a request"),
    SEPARATE_STATE("orders, risk and locks on their own server that never evicts"),
    RESERVE_COMMIT("reserve and commit in one function instead of check then act"),
    HASHED_TOKENS("a keyed hash of a token in the key name instead of the token"),
    SAFE_SERIALIZATION("a versioned schema instead of language-native serialisation"),
    SMALLER_KEYS("split a big key by band, page or bucket"),
    SNAPSHOT_AND_SEQUENCE("publish sequence and delta; readers pull the snapshot"),
    ACKNOWLEDGED_GROUPS("acknowledge stream entries and claim those of dead consumers"),
    NEAR_CACHE("answer repeated reads from a coherent near-cache"),
    UNLINK_LARGE("UNLINK instead of DEL for large keys");

    private final String label;

    Practice(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
