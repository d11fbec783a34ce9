package io.cachewright.runtime.loading;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads several values from their source at once. Called on a virtual thread; interrupted when it takes longer
/// than twice the hard timeout of its class.
public interface BatchLoader<V> extends Loader<V> {

    /// The values of `keys`; those that are left out or null do not exist in the source.
    ///
    /// @throws Exception when the source cannot be read; nothing is remembered then
    Map<String, V> loadAll(Set<String> keys) throws Exception;

    @Override
    default @Nullable V load(String key) throws Exception {
        return loadAll(Set.of(key)).get(key);
    }
}
