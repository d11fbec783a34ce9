/// What was read from a deployment, per node, at two instants at least, with the reason where something could not be
/// read. Values only: nothing here reads or judges. Secrets are redacted before anything becomes evidence.
///
/// Start at [Evidence] and [NodeEvidence].
@NullMarked
package io.cachewright.optimizer.evidence;

import org.jspecify.annotations.NullMarked;
