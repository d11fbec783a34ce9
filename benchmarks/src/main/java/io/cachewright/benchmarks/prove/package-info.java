/// Whether the proofs of the optimizer are honest: start at [ProofHonesty].
@NullMarked
package io.cachewright.benchmarks.prove;

import org.jspecify.annotations.NullMarked;
