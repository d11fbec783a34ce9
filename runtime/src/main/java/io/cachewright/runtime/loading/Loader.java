package io.cachewright.runtime.loading;

import org.jspecify.annotations.Nullable;

/// Reads one value from its source: a database, a service, a file. Called on a virtual thread, for one key at a
/// time in each process; interrupted when it takes longer than twice the hard timeout of its class.
@FunctionalInterface
public interface Loader<V> {

    /// The value of `key`, a whole server key; null when the source has none, which is remembered too.
    ///
    /// @throws Exception when the source cannot be read; nothing is remembered then
    @Nullable
    V load(String key) throws Exception;
}
