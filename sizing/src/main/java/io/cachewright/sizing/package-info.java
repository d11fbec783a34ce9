/// Predicts hit ratios: from a trace of accesses to curves of hits against memory, for each way to evict.
@NullMarked
package io.cachewright.sizing;

import org.jspecify.annotations.NullMarked;
