/// What a cache promises, as plain values: the freshness of each class of keys and what to do while it
/// cannot be proved.
///
/// A policy enters as YAML or through a builder, and leaves as checked records that the runtime executes.
/// Start at [CachePolicy].
@NullMarked
package io.cachewright.domain.policy;

import org.jspecify.annotations.NullMarked;
