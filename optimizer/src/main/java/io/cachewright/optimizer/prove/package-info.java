/// Measures what a recommendation does: baseline and candidate in turn on a shadow server under the same open-loop
/// load, and a verdict with a 95 % interval.
@NullMarked
package io.cachewright.optimizer.prove;

import org.jspecify.annotations.NullMarked;
