package io.cachewright.sizing.server;

import io.cachewright.sizing.trace.Hashing;
import io.cachewright.sizing.trace.KeyGroups;
import io.cachewright.sizing.trace.Trace;

/// Ways of estimating a server's hit ratio from a hundredth of the keys.
enum Estimator {
    /// Keys picked by hash, and as much of the memory.
    MINIATURE("1 % by hash, played in miniature") {
        @Override
        double estimate(SampledRow row, int seed) {
            return inMiniature(row, byHash(row.trace(), SHARE, seed));
        }
    },
    RAISED("by hash, as many keys as make 512 fit the miniature (up to 56 %)") {
        @Override
        double estimate(SampledRow row, int seed) {
            double cached = (double) (row.server().maxmemoryBytes()
                            - row.server().traits().baselineBytes())
                    / bytes(row.trace(), row)
                    * row.trace().keyCount();
            return inMiniature(row, byHash(row.trace(), Math.min(1, Math.max(SHARE, 512 / cached)), seed));
        }
    },
    /// No estimator: the hits that the sampled keys really have among all the others. No way of playing a sample
    /// by hash can be expected to do better.
    AT_BEST("1 % by hash, were the hits of its keys known exactly") {
        @Override
        double estimate(SampledRow row, int seed) {
            boolean[] kept = byHash(row.trace(), SHARE, seed);
            long[] hits = new long[Integer.SIZE];
            long[] reads = new long[Integer.SIZE];
            for (int key = 0; key < kept.length; key++) {
                int accesses = row.trace().accessesByKey()[key];
                hits[KeyGroups.popularity(accesses)] += kept[key] ? row.hits(key) : 0;
                reads[KeyGroups.popularity(accesses)] += kept[key] ? accesses : 0;
            }
            return row.weighed(hits, reads);
        }
    },
    TWINS("1 % by popularity and distance, with twins") {
        @Override
        double estimate(SampledRow row, int seed) {
            return row.server().estimate(row.samples().get(seed), row.clock()).hitRatio();
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

    /// @param seed from 0 to one less than the row has samples
    abstract double estimate(SampledRow row, int seed);

    private static boolean[] byHash(Trace trace, double share, int seed) {
        boolean[] kept = new boolean[trace.keyCount()];
        for (int key = 0; key < kept.length; key++) {
            kept[key] = Math.floorMod(Hashing.mix(trace.keyId(key) + seed), 1_000_000L) < share * 1_000_000;
        }
        return kept;
    }

    private static double inMiniature(SampledRow row, boolean[] kept) {
        Trace few = row.trace().filtered("some of " + row.trace().description(), kept);
        long baseline = row.server().traits().baselineBytes();
        double part = (double) bytes(few, row) / bytes(row.trace(), row);
        ModelledServer miniature =
                row.server().withMaxmemory(baseline + Math.round((row.server().maxmemoryBytes() - baseline) * part));
        ReplayClock clock = row.clock() instanceof ReplayClock.FullSpeed(double perSecond)
                ? ReplayClock.fullSpeed(perSecond * few.length() / row.trace().length())
                : row.clock();
        ReplayResult result = miniature.replay(few, clock, KeyGroups.byPopularity(few.accessesByKey()));
        return row.weighed(
                result.groups().stream().mapToLong(HitCount::hits).toArray(),
                result.groups().stream().mapToLong(HitCount::reads).toArray());
    }

    private static long bytes(Trace trace, SampledRow row) {
        return TraceSample.bytes(trace, row.server().traits().stringFootprint());
    }
}
