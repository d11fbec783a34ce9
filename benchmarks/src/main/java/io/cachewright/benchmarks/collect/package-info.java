/// What a collection costs the server that is looked at: start at [CollectionCost].
@NullMarked
package io.cachewright.benchmarks.collect;

import org.jspecify.annotations.NullMarked;
