package io.cachewright.runtime;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/// One read of a key on its way, and all who wait for it: the reader who sent it, and those who joined before its
/// answer arrived. Whoever comes after that needs a flight of his own, or he might see less than others have seen.
final class Flight<V> extends RemoteRead {

    /// The server's answer as it came.
    static final class Arrival {
        final byte @Nullable [] value;
        final long ttlMillis;

        Arrival(byte @Nullable [] value, long ttlMillis) {
            this.value = value;
            this.ttlMillis = ttlMillis;
        }
    }

    /// The flights under way, whatever their links.
    private final ConcurrentMap<String, Flight<V>> underWay;

    final CompletableFuture<Arrival> arrival = new CompletableFuture<>();
    final CompletableFuture<Answer<V>> outcome = new CompletableFuture<>();

    Flight(String key, ConcurrentMap<String, Flight<V>> underWay) {
        super(key);
        this.underWay = underWay;
    }

    @Override
    void answered(byte @Nullable [] value, long ttlMillis) {
        underWay.remove(key(), this);
        arrival.complete(new Arrival(value, ttlMillis));
    }

    @Override
    void failed(Throwable cause) {
        underWay.remove(key(), this);
        arrival.completeExceptionally(cause);
    }
}
