package io.cachewright.study;

import io.cachewright.sizing.curve.Curves;
import io.cachewright.sizing.curve.MissRatioCurve;
import io.cachewright.sizing.curve.Weigher;
import io.cachewright.sizing.policy.ReferencePolicy;
import io.cachewright.sizing.server.EvictionPolicy;
import io.cachewright.sizing.server.ReplayClock;
import io.cachewright.sizing.server.TraceSample;
import io.cachewright.sizing.trace.KeySample;
import io.cachewright.sizing.trace.Trace;
import io.cachewright.study.SizeView.Curve;
import io.cachewright.study.SizeView.Point;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The curves of one trace: the server's policies, then those to compare with, all at the same sizes.
final class SizeCurves {

    private static final double SMALLEST_SIZE = 0.01;

    private static final List<ReferencePolicy> COMPARED =
            List.of(ReferencePolicy.W_TINY_LFU, ReferencePolicy.S3_FIFO, ReferencePolicy.SIEVE);

    private final Trace trace;
    private final SizeSettings settings;
    private final KeySample sample;
    private final Weigher weigher;

    SizeCurves(Trace trace, SizeSettings settings, KeySample sample) {
        this.trace = trace;
        this.settings = settings;
        this.sample = sample;
        this.weigher = Weigher.of(settings.traits().stringFootprint());
    }

    /// @param allBytes `used_memory` with all keys
    List<Curve> draw(List<EvictionPolicy> policies, long allBytes) {
        long[] sizes = sizes(allBytes);
        Optional<TraceSample> few = sample.rate() < 1 ? Optional.of(TraceSample.of(trace, sample)) : Optional.empty();
        Curves curves = Curves.of(trace, weigher, sizes);
        List<Supplier<Curve>> drawn = new ArrayList<>();
        for (EvictionPolicy policy : policies) {
            drawn.add(() -> curve(policy.configName(), true, server(curves, policy, few), sizes));
        }
        drawn.add(() -> curve(
                ReferencePolicy.LRU.label(),
                false,
                sample.rate() < 1 ? curves.sampledLru(sample) : curves.exactLru(),
                sizes));
        for (ReferencePolicy policy : COMPARED) {
            drawn.add(() -> compared(policy, sizes));
        }
        return drawn.parallelStream().map(Supplier::get).toList();
    }

    private MissRatioCurve server(Curves curves, EvictionPolicy policy, Optional<TraceSample> few) {
        ReplayClock clock = ReplayClock.traceTime();
        return few.map(sampled -> curves.of(settings.traits(), policy, clock, sampled))
                .orElseGet(() -> curves.of(settings.traits(), policy, clock));
    }

    /// Sampled, too: a share of the keys with as much of the memory.
    private Curve compared(ReferencePolicy policy, long[] sizes) {
        if (sample.rate() == 1) {
            return curve(policy.label(), false, Curves.of(trace, weigher, sizes).of(policy), sizes);
        }
        Trace few = trace.sampled(sample);
        double share = (double) Curves.wholeBytes(few, weigher) / Curves.wholeBytes(trace, weigher);
        long[] fewSizes = Arrays.stream(sizes)
                .map(size -> Math.max(1, Math.round(size * share)))
                .toArray();
        return curve(policy.label(), false, Curves.of(few, weigher, fewSizes).of(policy), sizes);
    }

    /// From a hundredth of what all keys take to all of it, each a fixed factor above the one before.
    private long[] sizes(long allBytes) {
        double keys = Math.max(settings.sizes(), allBytes - settings.traits().baselineBytes());
        long[] sizes = new long[settings.sizes()];
        Arrays.setAll(sizes, i -> Math.round(keys * Math.pow(SMALLEST_SIZE, 1 - (double) i / (settings.sizes() - 1))));
        return sizes;
    }

    /// Memory for keys, and what a server takes without any.
    private Curve curve(String name, boolean isServers, MissRatioCurve curve, long[] sizes) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < curve.points().size(); i++) {
            MissRatioCurve.Point point = curve.points().get(i);
            points.add(new Point(
                    settings.traits().baselineBytes() + sizes[i],
                    point.hitRatio(),
                    Math.max(0, point.hitRatio() - point.errorBound()),
                    Math.min(1, point.hitRatio() + point.errorBound())));
        }
        return new Curve(name, isServers, points);
    }
}
