/// The words of the field, as plain values: readings that may be unavailable, server versions, scaled decimals,
/// hash slots, key patterns and trading use cases. No I/O, no clocks, no threads.
///
/// Start at [Reading]: the whole project tells "zero", "not permitted" and "this version has none" apart with it.
@NullMarked
package io.cachewright.domain;

import org.jspecify.annotations.NullMarked;
