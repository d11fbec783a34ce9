/// What files of a deployment give to the optimizer: samples of a snapshot's families, to be loaded into shadows.
@NullMarked
package io.cachewright.optimizer.offline;

import org.jspecify.annotations.NullMarked;
