package io.cachewright.sizing.server;

import io.cachewright.sizing.trace.KeyGroups;
import io.cachewright.sizing.trace.Trace;

/// A replay from a sample of the keys.
///
/* A server picks among 5 sampled keys and a pool of 16, whatever its size. A cache of some dozen keys, which a sample of a small
 * one would be, evicts far more exactly than the server it stands for. So the sample is played by a crowd of twins
 * that is large enough for KEYS_CACHED_MIN to be cached: the same few keys tell what happens, but pool, samples and clock act as
 * they do in the server. */
final class SampledReplay {

    private static final int KEYS_CACHED_MIN = 4_096;

    private final ModelledServer server;
    private final TraceSample sample;
    private final ReplayClock clock;

    SampledReplay(ModelledServer server, TraceSample sample, ReplayClock clock) {
        this.server = server;
        this.sample = sample;
        this.clock = clock;
    }

    SampledEstimate estimate() {
        double scale = scale();
        Trace crowd = sample.crowd(scale);
        ReplayResult result =
                miniature(crowd).replay(crowd, clock(crowd), KeyGroups.byPopularity(crowd.accessesByKey()));
        return new SampledEstimate(weighed(result), sample.keyShare(), sample.keyCount(), scale);
    }

    private KeyFootprint footprint() {
        return server.traits().stringFootprint();
    }

    private long bytesForKeys() {
        return Math.max(0, server.maxmemoryBytes() - server.traits().baselineBytes());
    }

    private double scale() {
        int keys = sample.whole().keyCount();
        double keysCached = server.maxmemoryBytes() == 0
                ? keys
                : Math.min(1, (double) bytesForKeys() / sample.bytesOfAll(footprint())) * keys;
        return Math.min(1, Math.max(sample.keyShare(), KEYS_CACHED_MIN / Math.max(1, keysCached)));
    }

    /// Memory for keys in proportion to the bytes of the crowd.
    private ModelledServer miniature(Trace crowd) {
        if (server.maxmemoryBytes() == 0) {
            return server;
        }
        double share = (double) TraceSample.bytes(crowd, footprint()) / sample.bytesOfAll(footprint());
        return server.withMaxmemory(server.traits().baselineBytes() + Math.round(bytesForKeys() * share));
    }

    private ReplayClock clock(Trace crowd) {
        return switch (clock) {
            case ReplayClock.TraceTime _ -> clock;
            case ReplayClock.FullSpeed(double perSecond) ->
                ReplayClock.fullSpeed(
                        perSecond * crowd.length() / sample.whole().length());
        };
    }

    /// Each popularity counts by the reads that the whole trace has of it; one that the crowd lacks is taken to do as
    /// the next less popular one does.
    private double weighed(ReplayResult result) {
        double hits = 0;
        double reads = 0;
        double ratio = 0;
        for (int popularity = 0; popularity < result.groups().size(); popularity++) {
            HitCount crowd = result.groups().get(popularity);
            if (crowd.reads() > 0) {
                ratio = crowd.hitRatio();
            }
            hits += ratio * sample.readsOf(popularity);
            reads += sample.readsOf(popularity);
        }
        return reads == 0 ? 0 : hits / reads;
    }
}
