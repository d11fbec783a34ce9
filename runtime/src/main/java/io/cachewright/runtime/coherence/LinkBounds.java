package io.cachewright.runtime.coherence;

import java.time.Duration;

/// The times and sizes that bound one link.
///
/// @param heartbeatNanos between two heartbeats
/// @param suspectAfterNanos since the newest proof, after which the link is suspect
/// @param patienceNanos a suspect link may take to answer before it is closed
/// @param connectNanos one attempt to connect and arm may take
/// @param retryNanosMin before the first attempt to reconnect, doubled for each further one; attempts are spread at
///     random over the upper half of each wait
/// @param retryNanosMax between two attempts at most while the outage is brief
/// @param briefNanos an outage is brief for so long; after it the wait is doubled again
/// @param retryNanosLongMax between two attempts at most in a long outage
/// @param leasesMax fills under way at once; beyond it reads go to the server without being kept
public record LinkBounds(
        long heartbeatNanos,
        long suspectAfterNanos,
        long patienceNanos,
        long connectNanos,
        long retryNanosMin,
        long retryNanosMax,
        long briefNanos,
        long retryNanosLongMax,
        int leasesMax) {

    /// Five heartbeats within the detection bound: four may be late before the link is suspected.
    private static final int HEARTBEATS_PER_DETECTION = 5;

    private static final long CONNECT_NANOS_MIN = 250_000_000L;
    private static final long RETRY_NANOS_MIN = 5_000_000L;
    /// Below 100 ms, so that after a brief outage a link is used again within 100 ms of its return.
    private static final long RETRY_NANOS_MAX = 80_000_000L;

    /// A failover takes seconds; what takes longer is waited for by all clients together.
    private static final long BRIEF_NANOS = 10_000_000_000L;

    private static final long RETRY_NANOS_LONG_MAX = 2_000_000_000L;

    private static final int LEASES_MAX = 65_536;

    public LinkBounds {
        if (heartbeatNanos <= 0 || suspectAfterNanos <= heartbeatNanos) {
            throw new IllegalArgumentException(
                    "suspectAfterNanos must exceed heartbeatNanos and both be positive, were " + suspectAfterNanos
                            + " and " + heartbeatNanos);
        }
        if (patienceNanos < 0 || connectNanos <= 0 || leasesMax <= 0) {
            throw new IllegalArgumentException("patienceNanos, connectNanos and leasesMax must be positive");
        }
        if (retryNanosMin <= 0 || retryNanosMax < retryNanosMin) {
            throw new IllegalArgumentException("retryNanosMin must be positive and at most retryNanosMax");
        }
        if (briefNanos < 0 || retryNanosLongMax < retryNanosMax) {
            throw new IllegalArgumentException(
                    "retryNanosLongMax must be at least retryNanosMax, and briefNanos not" + " negative");
        }
    }

    /// Bounds under which a half-open link is suspected within `detection`.
    public static LinkBounds detectingWithin(Duration detection) {
        long nanos = detection.toNanos();
        if (nanos < HEARTBEATS_PER_DETECTION) {
            throw new IllegalArgumentException("detection must be positive, was " + detection);
        }
        return new LinkBounds(
                nanos / HEARTBEATS_PER_DETECTION,
                nanos,
                nanos,
                Math.max(nanos, CONNECT_NANOS_MIN),
                RETRY_NANOS_MIN,
                RETRY_NANOS_MAX,
                BRIEF_NANOS,
                RETRY_NANOS_LONG_MAX,
                LEASES_MAX);
    }

    /// The same with another bound on fills under way.
    public LinkBounds withLeasesMax(int max) {
        return new LinkBounds(
                heartbeatNanos,
                suspectAfterNanos,
                patienceNanos,
                connectNanos,
                retryNanosMin,
                retryNanosMax,
                briefNanos,
                retryNanosLongMax,
                max);
    }
}
