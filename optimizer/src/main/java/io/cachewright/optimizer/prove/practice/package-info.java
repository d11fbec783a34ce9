/// Pairs of workloads that do the same job: as it is often done, and as the advice says. What enters are the observed
/// [Sizes], what leaves is a [JobPair] that the prover puts on two shadow servers.
///
/// To add one, write one class that implements [PracticeTrial] and annotate it with `@AutoService`.
@NullMarked
package io.cachewright.optimizer.prove.practice;

import org.jspecify.annotations.NullMarked;
