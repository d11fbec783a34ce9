package io.cachewright.runtime;

import io.cachewright.runtime.coherence.LinkBounds;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/// How links are kept.
///
/// @param isCluster whether keys may move between servers, each of which answers for some slots only
/// @param prefixes of all classes; the server sends invalidations for keys that start with one of them
/// @param isLogged whether the writes of a key are logged, since all its writers use this library
/// @param readTimeout how long a read or write may take, waiting for a link included
record LinkSettings(
        LinkClock clock,
        LinkBounds bounds,
        Tracking tracking,
        boolean isCluster,
        List<String> prefixes,
        Predicate<String> isLogged,
        Duration readTimeout) {

    LinkSettings {
        prefixes = List.copyOf(prefixes);
    }
}
