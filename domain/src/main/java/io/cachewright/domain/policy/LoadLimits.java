package io.cachewright.domain.policy;

import io.cachewright.domain.Problems;
import java.time.Duration;

/// How the values of a class are loaded from their source when the server does not have them.
///
/// Durations are 365 d at most.
///
/// @param ttl the time to live that a loaded value gets in the server, 1 ms and more
/// @param ttlJitter the share by which that is shortened at random, so that what was loaded together does not
///     expire together: 0 to 0.5
/// @param softTimeout how long a read waits for the source when it has a last value to fall back on
/// @param hardTimeout how long a read waits for the source when it has none; not shorter than `softTimeout`
/// @param staleIfError how long after its time to live a last value may be served while the source is slow or
///     fails
/// @param negativeTtl how long the server remembers that the source has no value; zero for not at all
/// @param earlyRefresh how eagerly values are loaded anew before they expire: the β of XFetch; 0 for never, 1
///     is usual
/// @param refreshAhead the last share of the time to live in which any read loads the value anew: 0 to 0.9
/// @param oncePerFleet whether all clients of the server together load a key once, by a lease in the server
/// @param concurrentMax loads under way at once in this process
/// @param waitingMax reads of this process that may wait for loads at once
/// @param breakerFailures the share of failed loads at which the source is left alone for a pause; 0 for never
/// @param breakerPause the first of these pauses; each that ends in another failure is followed by one twice as
///     long
public record LoadLimits(
        Duration ttl,
        double ttlJitter,
        Duration softTimeout,
        Duration hardTimeout,
        Duration staleIfError,
        Duration negativeTtl,
        double earlyRefresh,
        double refreshAhead,
        boolean oncePerFleet,
        int concurrentMax,
        int waitingMax,
        double breakerFailures,
        Duration breakerPause) {

    public static final double TTL_JITTER_MAX = 0.5;
    public static final double EARLY_REFRESH_MAX = 10;
    public static final double REFRESH_AHEAD_MAX = 0.9;
    public static final int CONCURRENT_MAX = 100_000;
    public static final int WAITING_MAX = 1_000_000;

    public LoadLimits {
        Problems problems = new Problems("loading");
        Spans.check("ttl", ttl, Spans.MIN, problems);
        if (!(ttlJitter >= 0 && ttlJitter <= TTL_JITTER_MAX)) {
            problems.add("ttlJitter must be 0 to " + TTL_JITTER_MAX + ", was " + ttlJitter);
        }
        Spans.check("softTimeout", softTimeout, Duration.ZERO, problems);
        Spans.check("hardTimeout", hardTimeout, Spans.MIN, problems);
        if (softTimeout.compareTo(hardTimeout) > 0) {
            problems.add("softTimeout must not exceed hardTimeout, were " + softTimeout + " and " + hardTimeout);
        }
        Spans.check("staleIfError", staleIfError, Duration.ZERO, problems);
        Spans.check("negativeTtl", negativeTtl, Duration.ZERO, problems);
        if (!(earlyRefresh >= 0 && earlyRefresh <= EARLY_REFRESH_MAX)) {
            problems.add("earlyRefresh must be 0 to " + EARLY_REFRESH_MAX + ", was " + earlyRefresh);
        }
        if (!(refreshAhead >= 0 && refreshAhead <= REFRESH_AHEAD_MAX)) {
            problems.add("refreshAhead must be 0 to " + REFRESH_AHEAD_MAX + ", was " + refreshAhead);
        }
        if (waitingMax < 1 || waitingMax > WAITING_MAX) {
            problems.add("waitingMax must be 1 to " + WAITING_MAX + ", was " + waitingMax);
        }
        if (!(breakerFailures >= 0 && breakerFailures <= 1)) {
            problems.add("breakerFailures must be 0 to 1, was " + breakerFailures);
        }
        Spans.check("breakerPause", breakerPause, Spans.MIN, problems);
        if (concurrentMax < 1 || concurrentMax > CONCURRENT_MAX) {
            problems.add("concurrentMax must be 1 to " + CONCURRENT_MAX + ", was " + concurrentMax);
        }
        problems.throwIfAny();
    }

    /// Loaded values live for `ttl` in the server; all else as [Builder] has it by default.
    public static Builder builder(Duration ttl) {
        return new Builder(ttl);
    }

    /// Gathers the limits of one class.
    public static final class Builder {

        public static final double TTL_JITTER_DEFAULT = 0.1;
        public static final Duration SOFT_TIMEOUT_DEFAULT = Duration.ofMillis(50);
        public static final Duration HARD_TIMEOUT_DEFAULT = Duration.ofSeconds(2);
        public static final Duration STALE_IF_ERROR_DEFAULT = Duration.ofMinutes(1);
        public static final Duration NEGATIVE_TTL_DEFAULT = Duration.ofSeconds(5);
        public static final double EARLY_REFRESH_DEFAULT = 1;
        public static final int CONCURRENT_MAX_DEFAULT = 256;
        public static final int WAITING_MAX_DEFAULT = 10_000;
        public static final double BREAKER_FAILURES_DEFAULT = 0.5;
        public static final Duration BREAKER_PAUSE_DEFAULT = Duration.ofSeconds(1);

        private final Duration ttl;
        private double ttlJitter = TTL_JITTER_DEFAULT;
        private Duration softTimeout = SOFT_TIMEOUT_DEFAULT;
        private Duration hardTimeout = HARD_TIMEOUT_DEFAULT;
        private Duration staleIfError = STALE_IF_ERROR_DEFAULT;
        private Duration negativeTtl = NEGATIVE_TTL_DEFAULT;
        private double earlyRefresh = EARLY_REFRESH_DEFAULT;
        private double refreshAhead;
        private boolean oncePerFleet;
        private int concurrentMax = CONCURRENT_MAX_DEFAULT;
        private int waitingMax = WAITING_MAX_DEFAULT;
        private double breakerFailures = BREAKER_FAILURES_DEFAULT;
        private Duration breakerPause = BREAKER_PAUSE_DEFAULT;

        private Builder(Duration ttl) {
            this.ttl = ttl;
        }

        public Builder ttlJitter(double share) {
            ttlJitter = share;
            return this;
        }

        public Builder softTimeout(Duration wanted) {
            softTimeout = wanted;
            return this;
        }

        public Builder hardTimeout(Duration wanted) {
            hardTimeout = wanted;
            return this;
        }

        public Builder staleIfError(Duration wanted) {
            staleIfError = wanted;
            return this;
        }

        public Builder negativeTtl(Duration wanted) {
            negativeTtl = wanted;
            return this;
        }

        public Builder earlyRefresh(double beta) {
            earlyRefresh = beta;
            return this;
        }

        public Builder refreshAhead(double share) {
            refreshAhead = share;
            return this;
        }

        public Builder oncePerFleet(boolean wanted) {
            oncePerFleet = wanted;
            return this;
        }

        public Builder concurrentMax(int wanted) {
            concurrentMax = wanted;
            return this;
        }

        public Builder waitingMax(int wanted) {
            waitingMax = wanted;
            return this;
        }

        public Builder breakerFailures(double share) {
            breakerFailures = share;
            return this;
        }

        public Builder breakerPause(Duration wanted) {
            breakerPause = wanted;
            return this;
        }

        public LoadLimits build() {
            return new LoadLimits(
                    ttl,
                    ttlJitter,
                    softTimeout,
                    hardTimeout,
                    staleIfError,
                    negativeTtl,
                    earlyRefresh,
                    refreshAhead,
                    oncePerFleet,
                    concurrentMax,
                    waitingMax,
                    breakerFailures,
                    breakerPause);
        }
    }
}
