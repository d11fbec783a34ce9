package io.cachewright.sizing.server;

import io.cachewright.sizing.trace.KeyGroups;
import io.cachewright.sizing.trace.Trace;

/// A trace and a server, with what the model says of them with all keys.
///
/// @param byPopularity reads and hits of keys of each popularity
record SampledRow(Trace trace, ModelledServer server, ReplayClock clock, ReplayResult byPopularity) {

    static SampledRow of(Trace trace, ModelledServer server, ReplayClock clock) {
        return new SampledRow(
                trace, server, clock, server.replay(trace, clock, KeyGroups.byPopularity(trace.accessesByKey())));
    }

    double truth() {
        return byPopularity.hitRatio();
    }
}
