package io.cachewright.runtime;

import io.lettuce.core.RedisClient;

/// A link with a guard switched off: what was stored before a reconnect stays.
final class KeepsOverReconnect extends ServerLink {

    KeepsOverReconnect(RedisClient client, Endpoint endpoint, LinkSettings settings, Drops drops) {
        super(client, endpoint, settings, drops);
    }

    @Override
    long storeEpoch() {
        return Long.MAX_VALUE;
    }
}
