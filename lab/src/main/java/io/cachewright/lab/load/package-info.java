/// Loads and how they are driven. A [Workload] says which command is due when ([Workloads] has simple ones, a
/// [CommandMix] draws the commands); a [LoadGenerator] sends each one when it is due, whatever the server does, and
/// counts latency from that moment into a [LoadResult].
///
/// The generator measures itself too: a run whose own send lag may have made the latencies it shows is marked
/// invalid ([LoadResult#validity]).
@NullMarked
package io.cachewright.lab.load;

import org.jspecify.annotations.NullMarked;
