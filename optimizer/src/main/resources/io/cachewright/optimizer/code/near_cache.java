import io.lettuce.core.TrackingArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.support.caching.CacheAccessor;
import io.lettuce.core.support.caching.CacheFrontend;
import io.lettuce.core.support.caching.ClientSideCaching;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Answers repeated reads from this process; the server says which keys have changed (CLIENT TRACKING, RESP3).
final class NearCache implements AutoCloseable {

    private final Map<String, String> local = new ConcurrentHashMap<>();
    private final CacheFrontend<String, String> cache;

    /// @param connection kept for this cache: when it is lost, so are its invalidations, and the cache must be cleared
    /// (a state listener of the connection calls [#clear()])
    NearCache(StatefulRedisConnection<String, String> connection) {
        cache = ClientSideCaching.enable(
                CacheAccessor.forMap(local), connection, TrackingArgs.Builder.enabled());
    }

    /// For a bounded set of keys, such as the instruments of a desk; use a bounded map for more.
    Optional<String> get(String key) {
        return Optional.ofNullable(cache.get(key));
    }

    void clear() {
        local.clear();
    }

    @Override
    public void close() {
        cache.close();
        local.clear();
    }
}
