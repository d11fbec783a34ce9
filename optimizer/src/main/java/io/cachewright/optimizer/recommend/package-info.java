/// From a diagnosis to a plan: remedies ranked, conflicts settled by the requirements with the loser shown, and the
/// questions whose answer would change the plan. Pure.
@NullMarked
package io.cachewright.optimizer.recommend;

import org.jspecify.annotations.NullMarked;
