/// Miss-ratio curves: hits against memory, for all sizes at once.
///
/// Start at [Curves]: exact LRU and sampled LRU (SHARDS) give all sizes in one pass; policies for comparison
/// ([io.cachewright.sizing.policy]) and those of real servers ([io.cachewright.sizing.server]) are run once a
/// size. A [MissRatioCurve] answers what follows: the memory for a hit ratio, what each further GB brings, and
/// with [HitCost] what a hit costs.
@NullMarked
package io.cachewright.sizing.curve;

import org.jspecify.annotations.NullMarked;
