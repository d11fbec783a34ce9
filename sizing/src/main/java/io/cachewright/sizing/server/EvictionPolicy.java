package io.cachewright.sizing.server;

import java.util.Locale;
import java.util.Optional;

/// The values of `maxmemory-policy`.
public enum EvictionPolicy {
    NOEVICTION(Scope.NONE, Order.NONE),
    ALLKEYS_LRU(Scope.ALL_KEYS, Order.IDLE),
    ALLKEYS_LFU(Scope.ALL_KEYS, Order.RARE),
    ALLKEYS_RANDOM(Scope.ALL_KEYS, Order.RANDOM),
    /// Least recently modified: as LRU, but reading does not keep a key. Redis 8.6 and later.
    ALLKEYS_LRM(Scope.ALL_KEYS, Order.UNMODIFIED),
    VOLATILE_LRU(Scope.EXPIRING, Order.IDLE),
    VOLATILE_LFU(Scope.EXPIRING, Order.RARE),
    VOLATILE_RANDOM(Scope.EXPIRING, Order.RANDOM),
    VOLATILE_TTL(Scope.EXPIRING, Order.EXPIRY),
    VOLATILE_LRM(Scope.EXPIRING, Order.UNMODIFIED);

    /// Which keys may go.
    enum Scope {
        NONE,
        ALL_KEYS,
        EXPIRING
    }

    /// Which of them goes first.
    enum Order {
        NONE,
        IDLE,
        UNMODIFIED,
        RARE,
        RANDOM,
        EXPIRY
    }

    private final Scope scope;
    private final Order order;

    EvictionPolicy(Scope scope, Order order) {
        this.scope = scope;
        this.order = order;
    }

    /// As `CONFIG SET maxmemory-policy` takes it, for example `allkeys-lru`.
    public String configName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<EvictionPolicy> parse(String configName) {
        for (EvictionPolicy policy : values()) {
            if (policy.configName().equalsIgnoreCase(configName.strip())) {
                return Optional.of(policy);
            }
        }
        return Optional.empty();
    }

    /// Whether only keys with a time to live are evicted.
    public boolean sparesPersistentKeys() {
        return scope == Scope.EXPIRING;
    }

    Scope scope() {
        return scope;
    }

    Order order() {
        return order;
    }
}
