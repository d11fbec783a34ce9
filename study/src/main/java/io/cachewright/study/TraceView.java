package io.cachewright.study;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How keys are accessed, as a trace shows it.
///
/// @param formatVersion of this shape; readers refuse a newer one
/// @param kind always `trace profile`
/// @param sourceKind `access trace`, `list of keys` …
/// @param seconds from the first access to the last
/// @param keys different ones
/// @param keysOnce those that are accessed a single time: no cache of any size helps them
/// @param popularity of the hottest keys
/// @param skew null when too few keys were asked for often enough to tell
/// @param values sizes of the values that were accessed
/// @param lifetimes null when no access tells a time to live
/// @param hottest most accessed keys first
/// @param families most accessed first
/// @param timeline accesses over time, in stretches of one length
/// @param notes what had to be assumed
public record TraceView(
        int formatVersion,
        String kind,
        String tool,
        String source,
        String sourceKind,
        double seconds,
        long accesses,
        long reads,
        long writes,
        long deletes,
        long keys,
        long keysOnce,
        List<Popularity> popularity,
        CaptureView.@Nullable Skew skew,
        Sizes values,
        @Nullable Lifetimes lifetimes,
        List<HotKey> hottest,
        List<Family> families,
        CaptureView.Gaps gaps,
        List<CaptureView.Burst> bursts,
        CaptureView.Timeline timeline,
        List<String> notes)
        implements View {

    public static final int FORMAT_VERSION = 1;
    public static final String KIND = "trace profile";

    /// The hottest keys, `keyShare` of all, get `accessShare` of the accesses.
    public record Popularity(double keyShare, long keys, double accessShare) {}

    /// @param meanBytes over accesses
    /// @param keyBytes of the last value of every key together
    public record Sizes(long p50Bytes, long p99Bytes, long maxBytes, double meanBytes, long keyBytes) {}

    /// @param share of accesses that tell one
    public record Lifetimes(double share, double p50Seconds, double p99Seconds, double maxSeconds) {}

    public record HotKey(String key, long accesses, double share, long valueBytes) {}

    /// @param bytes of the values that were accessed
    public record Family(
            String pattern,
            String useCase,
            long keys,
            long accesses,
            double share,
            long reads,
            long writes,
            long bytes) {}
}
