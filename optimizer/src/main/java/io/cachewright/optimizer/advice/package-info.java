/// What a rule proposes: reversible [Change]s gathered in a [Remedy] with its expected [Effect]s and the [Experiment]
/// that can prove it. Values only.
@NullMarked
package io.cachewright.optimizer.advice;

import org.jspecify.annotations.NullMarked;
