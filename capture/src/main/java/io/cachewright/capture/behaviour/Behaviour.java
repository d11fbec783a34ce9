package io.cachewright.capture.behaviour;

import java.util.List;

/// How clients use a cache, as one capture shows it.
///
/// @param commands all of them, those of scripts included
/// @param reads commands that read only
/// @param writes commands that may change data
/// @param clients connections seen
/// @param distinctKeys an estimate, with a standard error of 0.8 %
/// @param mix by command, the most frequent first
/// @param hotByRequests the hottest keys by how often they are named
/// @param hotByBytes by bytes on the wire, both ways where answers are captured
/// @param hotByTime by time on the wire; empty where answers are not captured
/// @param families by requests, the busiest first
/// @param familyShare of all keys that the families are drawn from: 1 unless there are too many to keep
/// @param bursts at 10 ms, 100 ms and 1 s
/// @param timeline commands over time, for drawing
public record Behaviour(
        long commands,
        long reads,
        long writes,
        long clients,
        long distinctKeys,
        List<CommandUse> mix,
        List<HotKey> hotByRequests,
        List<HotKey> hotByBytes,
        List<HotKey> hotByTime,
        List<FamilyUse> families,
        double familyShare,
        Skew skew,
        InterArrival interArrival,
        List<Burst> bursts,
        List<Stretch> timeline) {

    public Behaviour {
        mix = List.copyOf(mix);
        hotByRequests = List.copyOf(hotByRequests);
        hotByBytes = List.copyOf(hotByBytes);
        hotByTime = List.copyOf(hotByTime);
        families = List.copyOf(families);
        bursts = List.copyOf(bursts);
        timeline = List.copyOf(timeline);
    }

    /// @param bytes on the wire, both ways where answers are captured
    /// @param nanos of time on the wire, of `answered` commands
    /// @param errors answers that are errors
    public record CommandUse(
            String name, long count, long bytes, long answered, long nanos, long maxNanos, long errors) {}

    /// @param pattern as [io.cachewright.domain.keys.KeyGroup#pattern] has it
    /// @param keys of the family in the capture; an estimate where only a share of keys was kept
    /// @param nanos of time on the wire; 0 where answers are not captured
    public record FamilyUse(
            String pattern, String glob, long keys, long requests, long reads, long writes, long bytes, long nanos) {}

    /// Time from one command to the next, over all connections.
    public record InterArrival(long p50Nanos, long p90Nanos, long p99Nanos, long maxNanos) {}

    /// One stretch of the timeline.
    public record Stretch(long startNanos, long widthNanos, long commands, long bytes) {}
}
