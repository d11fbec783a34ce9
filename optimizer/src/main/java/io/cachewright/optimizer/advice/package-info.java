/// What a rule proposes: reversible [Change]s gathered in a [Remedy] with its expected [Effect]s and the [Experiment]
/// that can prove it. Values only. [ChangeScript] gives the exact lines that apply, verify and undo changes.
@NullMarked
package io.cachewright.optimizer.advice;

import org.jspecify.annotations.NullMarked;
