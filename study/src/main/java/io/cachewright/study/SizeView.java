package io.cachewright.study;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a cache of another size or policy would do with the accesses of a trace or a capture.
///
/// @param formatVersion of this shape; readers refuse a newer one
/// @param kind always `size`
/// @param sourceKind `access trace`, `MONITOR output`, `packet capture (pcap)` …
/// @param server whose eviction and memory are modelled
/// @param sampledShare of the keys that were looked at; 1 is all of them
/// @param curves hit ratio by memory, for each policy
/// @param policy that the parts below are told for
/// @param memoryBytes that hits by family are told at
/// @param wanted memory for a wanted hit ratio; null when none was given
/// @param marginal what each further step of memory brings
/// @param cost null when no price was given
public record SizeView(
        int formatVersion,
        String kind,
        String tool,
        String source,
        String sourceKind,
        String server,
        double sampledShare,
        Workload workload,
        List<Curve> curves,
        String policy,
        long memoryBytes,
        @Nullable Wanted wanted,
        List<Marginal> marginal,
        List<Family> families,
        @Nullable Cost cost,
        List<Replayed> replayed,
        List<TimeToLive> timesToLive,
        @Nullable ClientCache clientCache,
        @Nullable Shards shards,
        List<String> notes)
        implements View {

    public static final int FORMAT_VERSION = 1;
    public static final String KIND = "size";

    /// @param keys different ones
    /// @param seconds from the first access to the last
    /// @param allBytes `used_memory` of a server that evicts nothing, at the end
    public record Workload(
            long accesses, long reads, long writes, long deletes, long keys, double seconds, long allBytes) {}

    /// @param isServers whether a server has this policy; the others are there to compare
    public record Curve(String policy, boolean isServers, List<Point> points) {}

    /// @param memoryBytes `maxmemory`
    /// @param low lower end of the error bound of a sampled curve, else the same as `hitRatio`
    public record Point(long memoryBytes, double hitRatio, double low, double high) {}

    public record Wanted(double hitRatio, List<Need> needs) {}

    /// @param memoryBytes null when no memory suffices: the first access of each key always misses
    public record Need(String policy, @Nullable Long memoryBytes) {}

    /// One step of memory.
    ///
    /// @param hitsPerSecondPerGb further hits for each further GB, at the trace's own rate
    public record Marginal(long fromBytes, long toBytes, double hitRatioGained, double hitsPerSecondPerGb) {}

    /// @param hitRatio at the memory that is asked about
    /// @param memoryBytes of all its keys, were none evicted
    /// @param hitsPerSecondPerGb further hits of this family for each further GB of the whole
    public record Family(
            String pattern,
            String useCase,
            long keys,
            long accesses,
            double accessShare,
            long memoryBytes,
            double hitRatio,
            double hitsPerSecondPerGb) {}

    /// @param pricePerGbMonth in whatever currency it was given
    public record Cost(BigDecimal pricePerGbMonth, List<CostPoint> points) {}

    /// @param perMonth of the memory
    /// @param perMillionHits of the hits that it gives at the trace's own rate
    public record CostPoint(
            long memoryBytes,
            double hitRatio,
            BigDecimal perMonth,
            @Nullable BigDecimal perMillionHits) {}

    /// One policy with one `maxmemory`.
    public record Replayed(
            String policy,
            long memoryBytes,
            double hitRatio,
            double evictedPerSecond,
            double expiredPerSecond,
            long keysAtEnd,
            long refusedWrites) {}

    /// Another time to live of one family, memory being no matter.
    ///
    /// @param family its pattern
    /// @param toSeconds the other time to live
    /// @param before with the times to live of the trace
    /// @param after with the other one
    /// @param jittered with the other one, each made shorter by up to a tenth of it by chance
    public record TimeToLive(String family, double toSeconds, Lifetimes before, Lifetimes after, Lifetimes jittered) {}

    /// @param staleReadShare of reads, if the cache were not told of writes
    /// @param staleSecondsMean how long the values of those reads had been stale
    /// @param loadsPerSecondMax misses in the worst second, which the origin sees
    public record Lifetimes(
            double hitRatio,
            double staleReadShare,
            double staleSecondsMean,
            long expiries,
            long expiriesPerSecondMax,
            long loadsPerSecondMax) {}

    /// A cache within each client, kept right by CLIENT TRACKING; clients take accesses in turn.
    ///
    /// @param entriesMax of each client's cache
    public record ClientCache(int clients, int entriesMax, Tracking byDefault, Tracking broadcast) {}

    /// @param localHitShare of reads that no longer reach the server
    /// @param invalidationsPerSecondMax in the worst second
    /// @param trackedKeysMax the most keys in the server's tracking table at once
    public record Tracking(
            double localHitShare, double invalidationsPerSecond, long invalidationsPerSecondMax, int trackedKeysMax) {}

    /// Keys spread over the shards of a cluster by hash slot.
    ///
    /// @param imbalance how many times the mean load the busiest shard has
    /// @param hottestSlotShare of all accesses
    public record Shards(
            List<Shard> shards,
            double imbalance,
            int hottestSlot,
            double hottestSlotShare,
            String hottestKey,
            double hottestKeyShare) {}

    public record Shard(int number, int keys, double accessShare, long valueBytes) {}
}
