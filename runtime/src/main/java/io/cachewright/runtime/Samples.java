package io.cachewright.runtime;

import io.cachewright.domain.policy.CacheClass;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a verifier compares: values that are near, and the same ones in the server.
///
/// @param valueOf the value in what is kept near; fails where there is none to compare
/// @param <N> what is kept near
record Samples<N, V>(NearCache<N> cache, ValueOf<N, V> valueOf, Codec<V> codec) {

    /// What is to be compared.
    @FunctionalInterface
    interface ValueOf<N, V> {
        @Nullable
        V of(N kept);
    }

    /// One that is near.
    record Sample<V>(Entry<?> entry, @Nullable V value) {}

    static <V> Samples<V, V> of(NearCache<V> cache) {
        return new Samples<>(cache, value -> value, cache.codec());
    }

    CacheClass policy() {
        return cache.policy();
    }

    LinkClock clock() {
        return cache.clock();
    }

    Iterator<String> keys() {
        return cache.nearKeys();
    }

    /// Null when nothing of `key` is near that may be served.
    @Nullable
    Sample<V> near(String key) {
        Entry<N> entry = cache.nearEntry(key);
        return entry == null || !entry.isUsable() ? null : new Sample<>(entry, valueOf(entry.value));
    }

    boolean isNearStill(String key, Sample<V> sample) {
        return cache.nearEntry(key) == sample.entry && sample.entry.isUsable();
    }

    /// Null when the key does not exist.
    @Nullable
    V remote(String key) {
        return valueOf(cache.remoteValue(key));
    }

    private @Nullable V valueOf(@Nullable N kept) {
        return kept == null ? null : valueOf.of(kept);
    }

    /// Values that are equal, or encoded alike: arrays are never equal to another.
    boolean isSame(@Nullable V one, @Nullable V other) {
        return Objects.equals(one, other)
                || (one != null && other != null && Arrays.equals(codec.encode(one), codec.encode(other)));
    }
}
