package io.cachewright.study;

import io.cachewright.capture.behaviour.Behaviour;
import io.cachewright.capture.behaviour.Skew;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// When and how unequally keys are asked for, in the shape that captures and traces are told in.
final class RhythmViews {

    private RhythmViews() {}

    /// Null when too few keys were asked for often enough to tell.
    static CaptureView.@Nullable Skew skew(Behaviour behaviour) {
        Skew skew = behaviour.skew();
        return skew.ranks() < 2 ? null : new CaptureView.Skew(skew.exponent(), skew.distance(), skew.ranks());
    }

    static CaptureView.Gaps gaps(Behaviour behaviour) {
        Behaviour.InterArrival gaps = behaviour.interArrival();
        return new CaptureView.Gaps(gaps.p50Nanos(), gaps.p90Nanos(), gaps.p99Nanos(), gaps.maxNanos());
    }

    /// @param firstNanos when the first command or access was
    static List<CaptureView.Burst> bursts(Behaviour behaviour, long firstNanos) {
        return behaviour.bursts().stream()
                .map(burst -> new CaptureView.Burst(
                        burst.width().toNanos() / 1e9,
                        burst.peak(),
                        Math.max(0, burst.peakNanos() - firstNanos) / 1e9,
                        burst.mean(),
                        burst.ratio()))
                .toList();
    }

    static CaptureView.Timeline timeline(Behaviour behaviour) {
        List<Behaviour.Stretch> stretches = behaviour.timeline();
        return new CaptureView.Timeline(
                stretches.isEmpty() ? 0 : stretches.getFirst().widthNanos() / 1e9,
                stretches.stream().map(Behaviour.Stretch::commands).toList());
    }
}
