package io.cachewright.study;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What clients do, as a capture shows it.
///
/// @param formatVersion of this shape; readers refuse a newer one
/// @param kind always `capture profile`
/// @param sourceKind `MONITOR output`, `packet capture (pcapng)` …
/// @param from time of the first command; null when there is none
/// @param commands all of them, those of scripts included
/// @param keys different ones, an estimate with a standard error of 0.8 %
/// @param skew null when too few keys were asked for often enough to tell
/// @param hotByTime empty where answers are not captured
/// @param timeline commands over time, in stretches of one length
/// @param antiPatterns what goes wrong, costliest severity first
/// @param notes what was lost or left out while reading
public record CaptureView(
        int formatVersion,
        String kind,
        String tool,
        String source,
        String sourceKind,
        @Nullable Instant from,
        double seconds,
        long commands,
        long reads,
        long writes,
        long clients,
        long keys,
        List<Command> mix,
        List<HotKey> hotByRequests,
        List<HotKey> hotByBytes,
        List<HotKey> hotByTime,
        List<Family> families,
        double familyShare,
        @Nullable Skew skew,
        Gaps gaps,
        List<Burst> bursts,
        Timeline timeline,
        List<AntiPattern> antiPatterns,
        List<String> notes)
        implements View {

    public static final int FORMAT_VERSION = 1;
    public static final String KIND = "capture profile";

    /// @param bytes on the wire, both ways where answers are captured
    /// @param latency null where answers are not captured
    public record Command(
            String name,
            long count,
            double share,
            long bytes,
            long errors,
            @Nullable Latency latency) {}

    /// From the last byte of a command to the first of its answer, as the tap saw them.
    public record Latency(double p50Nanos, double p99Nanos, double maxNanos, long answered) {}

    /// @param estimate requests, bytes or nanoseconds; never too small, and at most `errorMax` too large
    public record HotKey(String key, long estimate, long errorMax, double share) {}

    /// @param nanos on the wire; 0 where answers are not captured
    public record Family(
            String pattern,
            String useCase,
            long keys,
            long requests,
            double share,
            long reads,
            long writes,
            long bytes,
            long nanos) {}

    /// Zipf's law fitted to the hottest keys.
    ///
    /// @param distance largest difference between law and capture; above 0.1 the law does not describe the capture
    public record Skew(double exponent, double distance, int ranks) {}

    /// Time from one command to the next, over all connections.
    public record Gaps(long p50Nanos, long p90Nanos, long p99Nanos, long maxNanos) {}

    /// @param peak commands in the fullest stretch of that length
    /// @param atSeconds when it began, after the first command
    /// @param mean commands in a stretch of that length, over the whole capture
    public record Burst(double widthSeconds, long peak, double atSeconds, double mean, double ratio) {}

    /// @param commands in each stretch
    public record Timeline(double widthSeconds, List<Long> commands) {}

    /// @param severity `corrupts`, `performance`, `memory` or `security`
    /// @param extraRoundTrips beyond what the right way would cost
    /// @param extraNanos on the wire; 0 where answers are not captured
    /// @param example one sequence of commands that shows it, values taken out
    public record AntiPattern(
            String id,
            String severity,
            String title,
            String better,
            long count,
            long extraRoundTrips,
            long extraBytes,
            long extraNanos,
            List<String> families,
            List<String> example) {}
}
