package io.cachewright.optimizer.evidence;

import java.util.List;

/// Service times of one command over the window (two readings of LATENCY HISTOGRAM subtracted); time in the server
/// only, without queueing and network.
///
/// @param buckets in order; their bounds double
public record CommandLatency(String command, long calls, List<Bucket> buckets) {

    /// `calls` took more than the previous bucket's bound and at most `atMostMicros`.
    public record Bucket(long atMostMicros, long calls) {}

    public CommandLatency {
        buckets = List.copyOf(buckets);
    }
}
