package io.cachewright.study;

import io.cachewright.domain.InvalidInput;
import io.cachewright.drawing.Words;
import io.cachewright.sizing.curve.HitCost;
import io.cachewright.sizing.curve.MissRatioCurve;
import io.cachewright.sizing.server.EvictionPolicy;
import io.cachewright.sizing.server.ModelledServer;
import io.cachewright.sizing.server.ReplayClock;
import io.cachewright.sizing.server.ReplayResult;
import io.cachewright.sizing.trace.KeySample;
import io.cachewright.sizing.trace.Trace;
import io.cachewright.study.SizeView.Curve;
import io.cachewright.study.SizeView.Point;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Sizes a cache for the accesses of a trace: replays it through modelled servers of many sizes and policies, at the
/// trace's own time.
public final class SizeStudy {

    /// Accesses that are replayed in full; more are sampled by key.
    private static final long REPLAYED_MAX = 150_000_000;

    /// Smaller samples say too little about a trace.
    private static final double SAMPLE_MIN = 0.01;

    private static final double MICRO = 1e-6;
    private static final double GB = 1L << 30;

    private final Trace trace;
    private final SizeSettings settings;
    private final Consumer<String> progress;
    private final ReplayClock clock = ReplayClock.traceTime();
    private final TraceFamilies families;

    private SizeStudy(Trace trace, SizeSettings settings, Consumer<String> progress) {
        this.trace = trace;
        this.settings = settings;
        this.progress = progress;
        this.families = TraceFamilies.of(trace);
    }

    /// @param source names the input for people
    /// @param notes what the reading of the input already knows to limit the answer
    /// @throws InvalidInput when the trace holds no read
    public static SizeView view(
            Trace trace,
            String source,
            String sourceKind,
            List<String> notes,
            SizeSettings settings,
            String tool,
            Consumer<String> progress) {
        return new SizeStudy(trace, settings, progress).view(source, sourceKind, notes, tool);
    }

    private SizeView view(String source, String sourceKind, List<String> known, String tool) {
        SizeView.Workload workload = workload(source);
        List<String> notes = new ArrayList<>(known);
        List<EvictionPolicy> policies = policies(notes);
        KeySample sample = sample(policies.size());
        if (sample.rate() < 1) {
            notes.add("the curves are estimated from a sample of " + Words.share(sample.rate()) + " of the keys");
        }
        progress.accept("curves of " + policies.size() + " policies of the server, and of four to compare with"
                + (sample.rate() < 1 ? ", from a sample of the keys" : ""));
        List<Curve> curves = new SizeCurves(trace, settings, sample).draw(policies, workload.allBytes());
        Curve chosen = curves.get(policies.indexOf(settings.policy()));
        long asked = settings.memoryBytes().orElse(middle(chosen));
        SizeWhatIfs whatIfs = new SizeWhatIfs(trace, families, source);
        return new SizeView(
                SizeView.FORMAT_VERSION,
                SizeView.KIND,
                tool,
                source,
                sourceKind,
                server(),
                sample.rate(),
                workload,
                curves,
                settings.policy().configName(),
                asked,
                wanted(curves),
                marginal(chosen, workload),
                families(asked, workload),
                settings.pricePerGbMonth()
                        .map(price -> cost(price, chosen, workload))
                        .orElse(null),
                replayed(policies, workload),
                whatIfs.timesToLive(settings.timesToLive()),
                settings.clientCache().map(whatIfs::clientCache).orElse(null),
                settings.shards() > 0 ? whatIfs.shards(settings.shards()) : null,
                notes);
    }

    private String server() {
        return settings.traits().version() + ", "
                + settings.traits().allocator().name().toLowerCase(Locale.ROOT)
                + ", maxmemory-samples " + settings.traits().samples()
                + ", at the time of the accesses; a read that misses"
                + " loads the value and stores it";
    }

    private SizeView.Workload workload(String source) {
        long reads = 0;
        long writes = 0;
        long deletes = 0;
        for (int access = 0; access < trace.length(); access++) {
            switch (trace.operation(access)) {
                case READ -> reads++;
                case WRITE -> writes++;
                case DELETE -> deletes++;
            }
        }
        if (reads == 0) {
            throw new InvalidInput(source, List.of("holds no read of a key, so there is no hit ratio to tell"));
        }
        progress.accept("replaying " + Words.count(trace.length()) + " accesses without a limit");
        ReplayResult all = new ModelledServer(settings.traits(), settings.policy(), 0).replay(trace, clock);
        return new SizeView.Workload(
                trace.length(),
                reads,
                writes,
                deletes,
                trace.keyCount(),
                trace.spanMicros() / 1e6,
                all.usedBytesAtEnd());
    }

    /// The policies whose curves differ for this trace; the one that is asked for is always among them.
    private List<EvictionPolicy> policies(List<String> notes) {
        boolean expires = false;
        for (int access = 0; access < trace.length() && !expires; access++) {
            expires = trace.ttlMillis(access) > 0;
        }
        List<EvictionPolicy> policies = new ArrayList<>(
                List.of(EvictionPolicy.ALLKEYS_LRU, EvictionPolicy.ALLKEYS_LFU, EvictionPolicy.ALLKEYS_RANDOM));
        if (expires) {
            policies.addAll(
                    List.of(EvictionPolicy.VOLATILE_LRU, EvictionPolicy.VOLATILE_LFU, EvictionPolicy.VOLATILE_TTL));
        } else {
            notes.add("no key expires, so the volatile policies would evict nothing and refuse writes: not drawn");
        }
        if (!policies.contains(settings.policy())) {
            policies.add(settings.policy());
        }
        return policies;
    }

    private KeySample sample(int policies) {
        double work = (double) trace.length() * policies * settings.sizes();
        return work <= REPLAYED_MAX ? KeySample.all() : new KeySample(Math.max(SAMPLE_MIN, REPLAYED_MAX / work));
    }

    private SizeView.@Nullable Wanted wanted(List<Curve> curves) {
        if (settings.hitRatio().isEmpty()) {
            return null;
        }
        double hitRatio = settings.hitRatio().getAsDouble();
        return new SizeView.Wanted(
                hitRatio,
                curves.stream()
                        .map(curve -> new SizeView.Need(
                                curve.policy(), memoryFor(hitRatio, curve).orElse(null)))
                        .toList());
    }

    /// Between two sizes of the curve, by the straight line; none when even all keys do not suffice.
    static Optional<Long> memoryFor(double hitRatio, Curve curve) {
        Point before = curve.points().getFirst();
        if (before.hitRatio() >= hitRatio) {
            return Optional.of(before.memoryBytes());
        }
        for (Point point : curve.points()) {
            if (point.hitRatio() >= hitRatio) {
                double share = (hitRatio - before.hitRatio()) / (point.hitRatio() - before.hitRatio());
                return Optional.of(
                        before.memoryBytes() + Math.round(share * (point.memoryBytes() - before.memoryBytes())));
            }
            before = point;
        }
        return Optional.empty();
    }

    private static List<SizeView.Marginal> marginal(Curve curve, SizeView.Workload workload) {
        List<SizeView.Marginal> steps = new ArrayList<>();
        for (int i = 1; i < curve.points().size(); i++) {
            Point from = curve.points().get(i - 1);
            Point to = curve.points().get(i);
            double gained = to.hitRatio() - from.hitRatio();
            steps.add(new SizeView.Marginal(
                    from.memoryBytes(),
                    to.memoryBytes(),
                    gained,
                    gained * readsPerSecond(workload) / ((to.memoryBytes() - from.memoryBytes()) / GB)));
        }
        return steps;
    }

    private static double readsPerSecond(SizeView.Workload workload) {
        return workload.seconds() > 0 ? workload.reads() / workload.seconds() : 0;
    }

    /// Where the curve has risen by half of what it can: a size at which memory still matters.
    private static long middle(Curve curve) {
        double half =
                (curve.points().getFirst().hitRatio() + curve.points().getLast().hitRatio()) / 2;
        return memoryFor(half, curve).orElse(curve.points().getLast().memoryBytes());
    }

    private List<SizeView.Family> families(long memoryBytes, SizeView.Workload workload) {
        if (families.count() < 2) {
            return List.of();
        }
        progress.accept("replaying with hits by family");
        ModelledServer server = new ModelledServer(settings.traits(), settings.policy(), memoryBytes);
        long more = Math.max(1 << 20, memoryBytes / 4);
        return families.rows(
                trace,
                settings.traits().stringFootprint(),
                server.replay(trace, clock, families.groups()),
                server.withMaxmemory(memoryBytes + more).replay(trace, clock, families.groups()),
                more / GB,
                workload.seconds());
    }

    private static SizeView.Cost cost(BigDecimal price, Curve curve, SizeView.Workload workload) {
        HitCost perHit = new HitCost(price, BigDecimal.valueOf(Math.max(MICRO, readsPerSecond(workload))));
        return new SizeView.Cost(
                price,
                curve.points().stream()
                        .map(point -> new SizeView.CostPoint(
                                point.memoryBytes(),
                                point.hitRatio(),
                                price.multiply(BigDecimal.valueOf(point.memoryBytes()))
                                        .divide(BigDecimal.valueOf((long) GB), 4, RoundingMode.HALF_UP),
                                perHit.perMillionHits(
                                                new MissRatioCurve.Point(point.memoryBytes(), point.hitRatio(), 0))
                                        .map(cost -> cost.setScale(6, RoundingMode.HALF_UP))
                                        .orElse(null)))
                        .toList());
    }

    private List<SizeView.Replayed> replayed(List<EvictionPolicy> policies, SizeView.Workload workload) {
        if (settings.memoryBytes().isEmpty()) {
            return List.of();
        }
        long memory = settings.memoryBytes().getAsLong();
        double seconds = Math.max(MICRO, workload.seconds());
        progress.accept("replaying each policy with the given memory");
        return policies.stream()
                .map(policy -> {
                    ReplayResult result = new ModelledServer(settings.traits(), policy, memory).replay(trace, clock);
                    return new SizeView.Replayed(
                            policy.configName(),
                            memory,
                            result.hitRatio(),
                            result.evicted() / seconds,
                            result.expired() / seconds,
                            result.keysAtEnd(),
                            result.refusedWrites());
                })
                .toList();
    }
}
