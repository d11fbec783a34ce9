package io.cachewright.optimizer.collect;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Locale;

/// Watches how long PINGs take while keys are looked at, and stops the look when the server has become slower.
///
/*
 * The median of the last PINGs is held against the median before the look began. One slow PING says nothing: on a busy
 * server every hundredth is slow. When the median passes the limit the look pauses, which also tells whether it was
 * the look that slowed the server; when it is still slow after some pauses, whatever the reason, the look ends.
 */
final class CircuitBreaker {

    /// Slower by this factor is a change and no noise.
    static final double SLOWER_FACTOR_MAX = 3;

    /// Below this difference no client notices; it also absorbs the clock noise of very fast links.
    static final Duration SLOWER_FLOOR = Duration.ofMillis(1);

    /// A thread that is busy for a greater share has no room for anything extra …
    private static final double BUSY_SHARE_MAX = 0.95;

    /// … when it was not that busy before.
    private static final double BUSY_SHARE_RISE_MIN = 0.10;

    private static final int PINGS_WATCHED = 7;

    private static final int PAUSES_MAX = 4;

    /// What to do next.
    sealed interface Advice {
        record GoOn() implements Advice {}

        record Pause() implements Advice {}

        record Stop(String reason) implements Advice {}
    }

    private final long baselineNanos;
    private final double baselineBusyShare;
    private final Deque<Long> recent = new ArrayDeque<>();
    private double busyShare;
    private int pauses;

    /// `baseline` is the median PING before; `baselineBusyShare` how busy the server's main thread was, 0 if unknown.
    CircuitBreaker(Duration baseline, double baselineBusyShare) {
        this.baselineNanos = baseline.toNanos();
        this.baselineBusyShare = baselineBusyShare;
        this.busyShare = baselineBusyShare;
    }

    /// Takes the share of its time that the server's main thread was busy of late.
    void observeBusyShare(double share) {
        busyShare = share;
    }

    /// Takes the latest PING.
    Advice observe(long pingNanos) {
        if (recent.size() == PINGS_WATCHED) {
            recent.removeFirst();
        }
        recent.addLast(pingNanos);
        boolean isSlow = recent.size() == PINGS_WATCHED && median() > limitNanos();
        boolean isCrowded = busyShare > BUSY_SHARE_MAX && busyShare - baselineBusyShare > BUSY_SHARE_RISE_MIN;
        if (!isSlow && !isCrowded) {
            if (recent.size() == PINGS_WATCHED) {
                pauses = 0;
            }
            return new Advice.GoOn();
        }
        if (pauses == PAUSES_MAX) {
            return new Advice.Stop(isSlow ? slowReason() : crowdedReason());
        }
        pauses++;
        recent.clear();
        busyShare = baselineBusyShare;
        return new Advice.Pause();
    }

    private long limitNanos() {
        return Math.max((long) (baselineNanos * SLOWER_FACTOR_MAX), baselineNanos + SLOWER_FLOOR.toNanos());
    }

    private long median() {
        long[] sorted = recent.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private String slowReason() {
        return String.format(
                Locale.ROOT,
                "stopped by the circuit breaker: PING rose from %.2f to %.2f ms and stayed there after %d pauses",
                baselineNanos / 1e6,
                median() / 1e6,
                PAUSES_MAX);
    }

    private String crowdedReason() {
        return String.format(
                Locale.ROOT,
                "stopped by the circuit breaker: the server's main thread is busy %.0f %% of the time, %.0f %% before",
                busyShare * 100,
                baselineBusyShare * 100);
    }
}
