/// Whole deployments to look at: how the server is set, what it holds, what its clients do, and which mistakes
/// were planted. [MarketOpen] has the usual ones; [HealthyDeployment] has none, so that whoever finds something
/// there is wrong.
///
/// Start at [Scenario]: settings, fill, workload and bystanders, in the order in which they are used.
@NullMarked
package io.cachewright.lab.scenario;

import org.jspecify.annotations.NullMarked;
