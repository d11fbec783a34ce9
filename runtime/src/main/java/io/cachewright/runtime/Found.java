package io.cachewright.runtime;

import io.cachewright.runtime.loading.Want;
import org.jspecify.annotations.Nullable;

/// What one look into near-cache and server found of a key that can be loaded.
sealed interface Found<V> {

    /// A value to serve.
    ///
    /// @param early what to load in the background meanwhile; null for nothing
    record Value<V>(
            Stored<V> stored,
            long ageNanos,
            Source source,
            @Nullable Want early) implements Found<V> {}

    /// Nothing to serve as it is.
    ///
    /// @param raw what is there all the same: expired, void, or unreadable; null when there is nothing
    /// @param last what may be served when the source cannot be had; null when there is nothing
    /// @param asOfNanos no write acknowledged before is missing from it
    record Nothing<V>(
            Want want, @Nullable Stored<V> raw, @Nullable Stored<V> last, long asOfNanos) implements Found<V> {}

    /// The server cannot be had, and the class may do without.
    record NoServer<V>() implements Found<V> {}
}
