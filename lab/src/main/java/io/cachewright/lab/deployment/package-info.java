/// Deployments of several servers on this machine, to be broken on purpose: primaries with replicas under Sentinels,
/// and clusters.
///
/// [SentinelSet] and [RedisCluster] start them from any server program, on ports that the system picks, and take all
/// of it away when closed or when this program ends. Single servers are killed, stopped and restarted by their own
/// methods; what concerns the whole (failover, moving slots, waiting until all agree) is here.
@NullMarked
package io.cachewright.lab.deployment;

import org.jspecify.annotations.NullMarked;
