/// The runtime's figures for Micrometer: bind a [CachewrightMetrics] to a registry. Micrometer is an optional
/// dependency; nothing else of the runtime needs it.
@NullMarked
package io.cachewright.runtime.metrics;

import org.jspecify.annotations.NullMarked;
