package io.cachewright.sizing.server;

import io.cachewright.sizing.trace.Hashing;
import io.cachewright.sizing.trace.KeyGroups;
import io.cachewright.sizing.trace.KeySample;
import io.cachewright.sizing.trace.Trace;

/// Ways of estimating a server's hit ratio from a hundredth of the keys.
enum Estimator {
    MINIATURE("1 % by hash, played in miniature") {
        @Override
        double estimate(SampledRow row, long seed) {
            return inMiniature(row, SHARE, seed);
        }
    },
    RAISED("by hash, as many as make 512 fit the miniature") {
        @Override
        double estimate(SampledRow row, long seed) {
            double cached = (double) (row.server().maxmemoryBytes()
                            - row.server().traits().baselineBytes())
                    / bytes(row.trace(), row)
                    * row.trace().keyCount();
            return inMiniature(row, Math.min(1, Math.max(SHARE, 512 / cached)), seed);
        }
    },
    TWINS("1 % by popularity and distance, with twins") {
        @Override
        double estimate(SampledRow row, long seed) {
            return row.server()
                    .estimate(TraceSample.of(row.trace(), new KeySample(SHARE), seed), row.clock())
                    .hitRatio();
        }
    };

    private static final double SHARE = 0.01;

    private final String label;

    Estimator(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    abstract double estimate(SampledRow row, long seed);

    /// Keys picked by hash, and as much of the memory; each popularity counts by all its reads.
    private static double inMiniature(SampledRow row, double share, long seed) {
        Trace trace = row.trace();
        boolean[] kept = new boolean[trace.keyCount()];
        for (int key = 0; key < kept.length; key++) {
            kept[key] = Math.floorMod(Hashing.mix(trace.keyId(key) + seed), 1_000_000L) < share * 1_000_000;
        }
        Trace few = trace.filtered("some of " + trace.description(), kept);
        long baseline = row.server().traits().baselineBytes();
        double part = (double) bytes(few, row) / bytes(trace, row);
        ModelledServer miniature =
                row.server().withMaxmemory(baseline + Math.round((row.server().maxmemoryBytes() - baseline) * part));
        ReplayClock clock = row.clock() instanceof ReplayClock.FullSpeed(double perSecond)
                ? ReplayClock.fullSpeed(perSecond * few.length() / trace.length())
                : row.clock();
        ReplayResult result = miniature.replay(few, clock, KeyGroups.byPopularity(few.accessesByKey()));
        double hits = 0;
        double ratio = 0;
        for (int popularity = 0; popularity < result.groups().size(); popularity++) {
            HitCount sampled = result.groups().get(popularity);
            ratio = sampled.reads() > 0 ? sampled.hitRatio() : ratio;
            hits += ratio * row.byPopularity().groups().get(popularity).reads();
        }
        return hits / row.byPopularity().reads();
    }

    private static long bytes(Trace trace, SampledRow row) {
        return TraceSample.bytes(trace, row.server().traits().stringFootprint());
    }
}
