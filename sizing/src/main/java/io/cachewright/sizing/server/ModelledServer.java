package io.cachewright.sizing.server;

import io.cachewright.sizing.trace.KeyGroups;
import io.cachewright.sizing.trace.KeySample;
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

    /// The hit ratio to expect, from a sample of the trace's keys and a server that is smaller by as much: at a
    /// rate of 0.01 up to a hundred times faster than [#replay].
    ///
    /// The rate is raised until some hundred keys fit the small server: with fewer, its samples would be most of
    /// it. The sample's hits are weighed by how popular the keys are: which keys are in a sample is chance, but
    /// how often the whole trace asks for keys of each popularity is known.
    public SampledEstimate estimate(Trace trace, ReplayClock clock, KeySample sample) {
        return new SampledReplay(this, trace, clock).estimate(sample);
    }
}
