/// What files of a deployment give to the optimizer: a snapshot as evidence, for the rules to judge
/// ([SnapshotEvidence]), and samples of its families, to be loaded into shadows ([SnapshotSamples]).
@NullMarked
package io.cachewright.optimizer.offline;

import org.jspecify.annotations.NullMarked;
