package io.cachewright.runtime;

import io.cachewright.runtime.coherence.LinkBounds;
import java.time.Duration;
import java.util.List;

/// How links are kept.
///
/// @param prefixes of all classes; the server sends invalidations for keys that start with one of them
/// @param readTimeout how long a read or write may take, waiting for a link included
record LinkSettings(
        LinkClock clock, LinkBounds bounds, Tracking tracking, List<String> prefixes, Duration readTimeout) {

    LinkSettings {
        prefixes = List.copyOf(prefixes);
    }
}
