package io.cachewright.sizing.server;

import io.cachewright.sizing.trace.KeyGroups;
import io.cachewright.sizing.trace.Trace;

/// A server as far as eviction goes.
///
/// @param maxmemoryBytes the limit on `used_memory`; 0 for none
public record ModelledServer(ServerTraits traits, EvictionPolicy policy, long maxmemoryBytes) {

    public ModelledServer {
        if (maxmemoryBytes < 0) {
            throw new IllegalArgumentException("maxmemory is not negative, was " + maxmemoryBytes);
        }
    }

    public ModelledServer withMaxmemory(long bytes) {
        return new ModelledServer(traits, policy, bytes);
    }

    /// Plays the trace, values being strings.
    public ReplayResult replay(Trace trace, ReplayClock clock) {
        return replay(trace, clock, KeyGroups.one(trace));
    }

    /// The same, with hits counted by group.
    public ReplayResult replay(Trace trace, ReplayClock clock, KeyGroups groups) {
        return replay(trace, clock, groups, traits.stringFootprint());
    }

    /// The same with values of another kind.
    public ReplayResult replay(Trace trace, ReplayClock clock, KeyGroups groups, KeyFootprint footprint) {
        return new Replay(this, footprint, trace, clock, groups).run();
    }

    /// The hit ratio to expect, from a sample of a trace's keys and a server that is smaller by as much: at 1 % of the
    /// keys up to a hundred times faster than [#replay].
    ///
    /// Where few keys fit the server, the sampled keys are multiplied until some thousand fit the one that is
    /// played, which takes as long as a replay of so many keys does.
    public SampledEstimate estimate(TraceSample sample, ReplayClock clock) {
        return new SampledReplay(this, sample, clock).estimate();
    }
}
