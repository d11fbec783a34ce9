/// Loading values from their source when the server has none: who loads, who waits and how long, and what
/// happens when the source is slow or fails.
///
/// What enters is a key that is missing, expired or about to expire; what leaves is an [Outcome]. [Loads] is
/// the door. It knows neither the server nor the near-cache: [Fills] stands for both, and time comes from a
/// clock that is handed in.
@NullMarked
package io.cachewright.runtime.loading;

import org.jspecify.annotations.NullMarked;
