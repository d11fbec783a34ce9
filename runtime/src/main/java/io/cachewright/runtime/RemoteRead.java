package io.cachewright.runtime;

import io.cachewright.runtime.coherence.Lease;
import io.lettuce.core.api.StatefulRedisConnection;
import org.jspecify.annotations.Nullable;

/// One read on its way to the server. The link calls back once, in the order of the answers on its connection and
/// before
/// it handles what came after them.
abstract class RemoteRead {

    /// What the server says of a key that has no time to live.
    static final long NO_TTL = -1;

    private final String key;
    private @Nullable Lease<String> lease;
    private @Nullable StatefulRedisConnection<String, byte[]> connection;

    RemoteRead(String key) {
        this.key = key;
    }

    final String key() {
        return key;
    }

    final Lease<String> lease() {
        if (lease == null) {
            throw new IllegalStateException("the read was not issued");
        }
        return lease;
    }

    final StatefulRedisConnection<String, byte[]> connection() {
        if (connection == null) {
            throw new IllegalStateException("the read was not issued");
        }
        return connection;
    }

    final void issuedUnder(Lease<String> taken, StatefulRedisConnection<String, byte[]> on) {
        lease = taken;
        connection = on;
    }

    /// `value` is null when the key does not exist; `ttlMillis` as `PTTL` gives it.
    abstract void answered(byte @Nullable [] value, long ttlMillis);

    abstract void failed(Throwable cause);
}
