/// From a diagnosis to a plan: remedies ranked, conflicts settled by the requirements with the loser shown, and the
/// questions whose answer would change the plan. Pure.
///
/// Start at [Recommender]. What may be recommended at all is decided in `Weighing` and `HardLimits`,
/// between findings in `Settlement`, the order of doing it in `ApplicationOrder`. [Monitoring] says what
/// to watch afterwards.
@NullMarked
package io.cachewright.optimizer.recommend;

import org.jspecify.annotations.NullMarked;
