/// Carries out what Cachewright can change by itself: parameters and ACL rules.
///
/// Changes enter [Applier#apply], a [ChangeRecord] leaves: what was before, what is now, enough for [Applier#undo] to
/// put everything back. A server is reached through a [ParameterStore]. Nothing is touched that is not among the
/// changes, and nothing at all when one of them is out of date.
@NullMarked
package io.cachewright.optimizer.apply;

import org.jspecify.annotations.NullMarked;
