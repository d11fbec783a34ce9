package io.cachewright.runtime;

import io.cachewright.domain.policy.CacheClass;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// What a verifier compares: values of one class that are near, and the same ones in the server.
///
/// @param <P> where a value is: a key, or a field of a hash; said in words by its `toString`
sealed interface Samples<P, V> permits KeySamples, FieldSamples {

    /// One that is near.
    record Sample<V>(Entry<?> entry, @Nullable V value) {}

    CacheClass policy();

    LinkClock clock();

    Codec<V> codec();

    /// Of all that is near, as it is while one walks.
    Iterator<P> places();

    /// What is kept of `place`, without a trace in what the store remembers of its use.
    @Nullable
    Entry<?> entry(P place);

    /// The same with its value.
    ///
    /// @throws RuntimeException when it has none that can be compared
    @Nullable
    Sample<V> near(P place);

    /// What the server holds, read past all that is near; null when it does not exist.
    ///
    /// @throws RuntimeException when it cannot be had, or has no value that can be compared
    @Nullable
    V remote(P place);
}
