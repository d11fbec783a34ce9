package io.cachewright.spring;

import io.cachewright.runtime.NearCache;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.support.AbstractValueAdaptingCache;

/// Spring's view of one class of keys. The key of a method call, as text, follows the prefix of the class.
///
/// - **get** answers as the class's policy says: from near where freshness is proved, else from the server. A
/// read that
///   is refused or cannot be done throws `CacheException`; it is never taken for a miss, so that the method behind a
///   risk limit is not called in its place. An application that wants that sets a `CacheErrorHandler`.
/// - **get with a loader** (`@Cacheable(sync = true)`) calls the method once for each key at a time in this
/// process;
///   whoever comes meanwhile waits for its result or its exception.
/// - **put** writes to the server, with the cache's time to live, and is acknowledged by it; every other client
/// is
///   told. This process reads what it wrote.
/// - **evict** deletes the key in the server. **clear** deletes, page by page, all keys with the prefix: what
/// is
///   written meanwhile may stay.
/// - **null** is not kept unless the cache's `null-values` say so: a put of it evicts.
final class CachewrightCache extends AbstractValueAdaptingCache {

    private final String name;
    private final NearCache<Object> near;
    private final Duration ttl;
    private final ConcurrentMap<String, CompletableFuture<@Nullable Object>> loads = new ConcurrentHashMap<>();

    CachewrightCache(NearCache<Object> near, Duration ttl, boolean allowNullValues) {
        super(allowNullValues);
        this.name = near.policy().name();
        this.near = near;
        this.ttl = ttl;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public NearCache<Object> getNativeCache() {
        return near;
    }

    @Override
    protected @Nullable Object lookup(Object key) {
        return near.get(keyOf(key));
    }

    @Override
    @SuppressWarnings("unchecked") // The caller says what its method returns, as everywhere in this interface.
    public <T> @Nullable T get(Object key, Callable<T> loader) {
        Object present = lookup(key);
        if (present != null) {
            return (T) fromStoreValue(present);
        }
        CompletableFuture<@Nullable Object> mine = new CompletableFuture<>();
        CompletableFuture<@Nullable Object> theirs = loads.putIfAbsent(keyOf(key), mine);
        if (theirs != null) {
            return (T) resultOf(key, loader, theirs);
        }
        try {
            T value = putOrLoaded(key, loader);
            mine.complete(value);
            return value;
        } catch (Throwable e) {
            mine.completeExceptionally(e);
            throw new ValueRetrievalException(key, loader, e);
        } finally {
            loads.remove(keyOf(key), mine);
        }
    }

    /// Looks once more: a call that ended after its caller had looked has put its value.
    @SuppressWarnings("unchecked") // As above.
    private <T> @Nullable T putOrLoaded(Object key, Callable<T> loader) throws Exception {
        Object put = lookup(key);
        if (put != null) {
            return (T) fromStoreValue(put);
        }
        T loaded = loader.call();
        put(key, loaded);
        return loaded;
    }

    private static @Nullable Object resultOf(
            Object key, Callable<?> loader, CompletableFuture<@Nullable Object> theirs) {
        try {
            return theirs.join();
        } catch (CompletionException e) {
            Throwable cause = e.getCause();
            throw new ValueRetrievalException(key, loader, cause == null ? e : cause);
        }
    }

    @Override
    public void put(Object key, @Nullable Object value) {
        if (value == null && !isAllowNullValues()) {
            evict(key);
        } else {
            near.put(keyOf(key), toStoreValue(value), ttl);
        }
    }

    @Override
    public void evict(Object key) {
        near.delete(keyOf(key));
    }

    @Override
    public void clear() {
        near.deleteAll();
    }

    private String keyOf(Object key) {
        return near.policy().prefix() + key;
    }
}
