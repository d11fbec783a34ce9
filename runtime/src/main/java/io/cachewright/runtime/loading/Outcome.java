package io.cachewright.runtime.loading;

import org.jspecify.annotations.Nullable;

/// How a load ended for those who waited for it.
public sealed interface Outcome<V> {

    /// The source was read.
    ///
    /// @param value null when the source has none
    /// @param startedNanos when the source was asked: whatever it acknowledged before is in the value
    record Loaded<V>(@Nullable V value, long startedNanos) implements Outcome<V> {}

    /// Somebody else has brought the value into the server: read it there.
    record Elsewhere<V>() implements Outcome<V> {}

    /// Not yet: the load goes on without who waited.
    record Late<V>() implements Outcome<V> {}

    /// The source could not be read, or was not asked.
    record Failed<V>(Exception cause) implements Outcome<V> {}
}
