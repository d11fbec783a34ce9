package io.cachewright.sizing.server;

import io.cachewright.sizing.trace.KeyGroups;
import io.cachewright.sizing.trace.KeySample;
import io.cachewright.sizing.trace.Operation;
import io.cachewright.sizing.trace.Trace;

/// A replay in miniature: some of the keys, with as much of the memory.
final class SampledReplay {

    /// A server picks among 5 sampled keys and a pool of 16, whatever its size: with fewer keys than this, that
    /// is most of the cache, and a miniature evicts far more exactly than the server it stands for.
    private static final int KEYS_CACHED_MIN = 512;

    private final ModelledServer server;
    private final Trace trace;
    private final ReplayClock clock;
    private final int[] accesses;
    private final long[] bytesOfKey;
    private final long bytesOfAll;

    SampledReplay(ModelledServer server, Trace trace, ReplayClock clock) {
        if (trace.length() == 0) {
            throw new IllegalArgumentException("nothing can be estimated from an empty trace: " + trace);
        }
        this.server = server;
        this.trace = trace;
        this.clock = clock;
        this.accesses = trace.accessesByKey();
        this.bytesOfKey = new long[trace.keyCount()];
        KeyFootprint footprint = server.traits().stringFootprint();
        for (int access = 0; access < trace.length(); access++) {
            bytesOfKey[trace.key(access)] =
                    footprint.bytes(trace.keyNameLength(trace.key(access)), trace.valueBytes(access))
                            + (trace.ttlMillis(access) > 0 ? footprint.expiryBytes() : 0);
        }
        long sum = 0;
        for (long bytes : bytesOfKey) {
            sum += bytes;
        }
        this.bytesOfAll = sum;
    }

    SampledEstimate estimate(KeySample wanted) {
        KeySample sample = largeEnough(wanted);
        boolean[] kept = new boolean[trace.keyCount()];
        for (int key = 0; key < kept.length; key++) {
            kept[key] = sample.holds(trace.keyId(key));
        }
        Trace few = trace.filtered(trace.description() + ", " + sample, kept);
        if (few.length() == 0) {
            throw new IllegalArgumentException(sample + " of " + trace + " holds no key; take a larger one");
        }
        KeyGroups strata = KeyGroups.byPopularity(few.accessesByKey());
        ReplayResult result = miniature(kept).replay(few, miniatureClock(few), strata);
        return new SampledEstimate(weighed(result, readsByPopularity()), sample.rate(), few.keyCount());
    }

    private long bytesForKeys() {
        return Math.max(0, server.maxmemoryBytes() - server.traits().baselineBytes());
    }

    private KeySample largeEnough(KeySample wanted) {
        double keysCached = server.maxmemoryBytes() == 0
                ? trace.keyCount()
                : Math.min(1, (double) bytesForKeys() / bytesOfAll) * trace.keyCount();
        return new KeySample(Math.min(1, Math.max(wanted.rate(), KEYS_CACHED_MIN / Math.max(1, keysCached))));
    }

    /// Memory for keys in proportion to the bytes of the sampled keys.
    private ModelledServer miniature(boolean[] kept) {
        if (server.maxmemoryBytes() == 0) {
            return server;
        }
        long sampled = 0;
        for (int key = 0; key < kept.length; key++) {
            sampled += kept[key] ? bytesOfKey[key] : 0;
        }
        return server.withMaxmemory(
                server.traits().baselineBytes() + Math.round(bytesForKeys() * ((double) sampled / bytesOfAll)));
    }

    private ReplayClock miniatureClock(Trace few) {
        return switch (clock) {
            case ReplayClock.TraceTime _ -> clock;
            case ReplayClock.FullSpeed(double perSecond) ->
                ReplayClock.fullSpeed(perSecond * few.length() / trace.length());
        };
    }

    private long[] readsByPopularity() {
        KeyGroups strata = KeyGroups.byPopularity(accesses);
        long[] reads = new long[strata.count()];
        for (int access = 0; access < trace.length(); access++) {
            if (trace.operation(access) == Operation.READ) {
                reads[strata.of(trace.key(access))]++;
            }
        }
        return reads;
    }

    /// Popularities that the sample lacks are taken to do as the next less popular ones do.
    private static double weighed(ReplayResult result, long[] readsByPopularity) {
        double hits = 0;
        double reads = 0;
        double ratio = 0;
        for (int stratum = 0; stratum < readsByPopularity.length; stratum++) {
            HitCount sampled = result.groups().get(stratum);
            if (sampled.reads() > 0) {
                ratio = sampled.hitRatio();
            }
            hits += ratio * readsByPopularity[stratum];
            reads += readsByPopularity[stratum];
        }
        return reads == 0 ? 0 : hits / reads;
    }
}
