package io.cachewright.runtime;

import io.cachewright.domain.policy.CacheClass;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// Whole values, each of which is a key's.
///
/// @param valueOf the value in what is kept near; fails where there is none to compare
/// @param <N> what is kept near
record KeySamples<N, V>(NearCache<N> cache, ValueOf<N, V> valueOf, Codec<V> codec) implements Samples<String, V> {

    /// What is to be compared.
    @FunctionalInterface
    interface ValueOf<N, V> {
        @Nullable
        V of(N kept);
    }

    static <V> KeySamples<V, V> of(NearCache<V> cache) {
        return new KeySamples<>(cache, value -> value, cache.codec());
    }

    @Override
    public CacheClass policy() {
        return cache.policy();
    }

    @Override
    public LinkClock clock() {
        return cache.clock();
    }

    @Override
    public Iterator<String> places() {
        return cache.nearKeys();
    }

    @Override
    public @Nullable Entry<?> entry(String key) {
        return cache.nearEntry(key);
    }

    @Override
    public @Nullable Sample<V> near(String key) {
        Entry<N> entry = cache.nearEntry(key);
        return entry == null ? null : new Sample<>(entry, valueOf(entry.value));
    }

    @Override
    public @Nullable V remote(String key) {
        return valueOf(cache.remoteValue(key));
    }

    private @Nullable V valueOf(@Nullable N kept) {
        return kept == null ? null : valueOf.of(kept);
    }
}
