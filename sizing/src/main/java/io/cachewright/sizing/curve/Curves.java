package io.cachewright.sizing.curve;

import io.cachewright.sizing.policy.ReferencePolicy;
import io.cachewright.sizing.policy.SimulatedCache;
import io.cachewright.sizing.server.EvictionPolicy;
import io.cachewright.sizing.server.ModelledServer;
import io.cachewright.sizing.server.ReplayClock;
import io.cachewright.sizing.server.ReplayResult;
import io.cachewright.sizing.server.SampledEstimate;
import io.cachewright.sizing.server.ServerTraits;
import io.cachewright.sizing.server.TraceSample;
import io.cachewright.sizing.trace.KeyGroups;
import io.cachewright.sizing.trace.KeySample;
import io.cachewright.sizing.trace.Operation;
import io.cachewright.sizing.trace.Trace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The miss-ratio curves of one trace.
///
/// Memory is that for keys and values, as the weigher counts it; for a server's policies, what `maxmemory` is
/// above the server's baseline. Times to live count in a server's curves only: the others show what eviction
/// alone does.
public final class Curves {

    private static final int SIZES_MAX = 100_000;

    private final Trace trace;
    private final Weigher weigher;
    private final long[] sizes;

    private Curves(Trace trace, Weigher weigher, long[] sizes) {
        this.trace = trace;
        this.weigher = weigher;
        this.sizes = sizes;
    }

    /// Curves at the given sizes, in bytes.
    public static Curves of(Trace trace, Weigher weigher, long... sizes) {
        long[] sorted = Arrays.stream(sizes).sorted().distinct().toArray();
        if (sorted.length == 0 || sorted.length > SIZES_MAX || sorted[0] <= 0) {
            throw new IllegalArgumentException("a curve needs 1 to " + SIZES_MAX + " positive sizes");
        }
        return new Curves(trace, weigher, sorted);
    }

    /// Curves at `count` sizes, evenly spread up to all that the trace's keys take.
    public static Curves of(Trace trace, Weigher weigher, int count) {
        long whole = Math.max(count, wholeBytes(trace, weigher));
        long[] sizes = new long[count];
        Arrays.setAll(sizes, i -> Math.round(whole * ((i + 1.0) / count)));
        return of(trace, weigher, sizes);
    }

    /// What all keys of a trace take together.
    public static long wholeBytes(Trace trace, Weigher weigher) {
        long[] bytes = new long[trace.keyCount()];
        for (int access = 0; access < trace.length(); access++) {
            int key = trace.key(access);
            bytes[key] = Math.max(bytes[key], weigher.bytes(trace, access));
        }
        return Arrays.stream(bytes).sum();
    }

    public List<Long> sizes() {
        return Arrays.stream(sizes).boxed().toList();
    }

    /// Exact LRU, all sizes in one pass.
    public MissRatioCurve exactLru() {
        return exactLru(KeyGroups.one(trace)).values().iterator().next();
    }

    /// Exact LRU of one cache that all groups share: each group's hits among its own reads, all sizes in
    /// one pass.
    public Map<String, MissRatioCurve> exactLru(KeyGroups groups) {
        HitTally[] tallies = new HitTally[groups.count()];
        Arrays.setAll(tallies, _ -> new HitTally(sizes));
        new ExactLru(trace, weigher, groups, tallies).tally();
        Map<String, MissRatioCurve> curves = new LinkedHashMap<>();
        for (int group = 0; group < tallies.length; group++) {
            String name = groups.names().get(group);
            String label = groups.count() == 1 ? "exact LRU" : "exact LRU, " + name;
            curves.put(name, new MissRatioCurve(label, tallies[group].points(new double[sizes.length])));
        }
        return curves;
    }

    /// LRU from a share of the keys (SHARDS with its adjustment), with error bounds.
    public MissRatioCurve sampledLru(KeySample sample) {
        return new Shards(trace, weigher, sizes).atRate(sample.rate());
    }

    /// LRU from at most so many keys at a time (SHARDS of fixed size): memory is bounded whatever the trace.
    public MissRatioCurve sampledLru(int keysMax) {
        if (keysMax < 1) {
            throw new IllegalArgumentException("a sample has at least one key, was " + keysMax);
        }
        return new Shards(trace, weigher, sizes).withKeys(keysMax);
    }

    /// A policy for comparison, one run a size.
    public MissRatioCurve of(ReferencePolicy policy) {
        long whole = wholeBytes(trace, weigher);
        List<MissRatioCurve.Point> points = new ArrayList<>();
        for (long size : sizes) {
            int entries = (int) Math.max(1, Math.min(1, (double) size / whole) * trace.keyCount());
            SimulatedCache cache = policy.newCache(trace.keyCount(), size, entries);
            points.add(new MissRatioCurve.Point(size, hitRatio(cache), 0));
        }
        return new MissRatioCurve(policy.label(), points);
    }

    private double hitRatio(SimulatedCache cache) {
        long hits = 0;
        long reads = 0;
        for (int access = 0; access < trace.length(); access++) {
            int key = trace.key(access);
            Operation operation = trace.operation(access);
            switch (operation) {
                case READ -> {
                    reads++;
                    hits += cache.access(key, weigher.bytes(trace, access)) ? 1 : 0;
                }
                case WRITE -> cache.access(key, weigher.bytes(trace, access));
                case DELETE -> cache.remove(key);
            }
        }
        return reads == 0 ? 0 : (double) hits / reads;
    }

    /// A server's own policy, one run a size.
    public MissRatioCurve of(ServerTraits traits, EvictionPolicy policy, ReplayClock clock) {
        List<MissRatioCurve.Point> points = new ArrayList<>();
        for (long size : sizes) {
            ReplayResult result = server(traits, policy, size).replay(trace, clock);
            points.add(new MissRatioCurve.Point(size, result.hitRatio(), 0));
        }
        return new MissRatioCurve(label(traits, policy), points);
    }

    /// A server's own policy from a sample of the trace's keys, one small run a size ([ModelledServer#estimate]).
    public MissRatioCurve of(ServerTraits traits, EvictionPolicy policy, ReplayClock clock, TraceSample sample) {
        List<MissRatioCurve.Point> points = new ArrayList<>();
        for (long size : sizes) {
            SampledEstimate estimate = server(traits, policy, size).estimate(sample, clock);
            points.add(new MissRatioCurve.Point(size, estimate.hitRatio(), 0));
        }
        return new MissRatioCurve(label(traits, policy) + ", sampled", points);
    }

    private static ModelledServer server(ServerTraits traits, EvictionPolicy policy, long size) {
        return new ModelledServer(traits, policy, traits.baselineBytes() + size);
    }

    private static String label(ServerTraits traits, EvictionPolicy policy) {
        return policy.configName() + " on " + traits.version();
    }
}
