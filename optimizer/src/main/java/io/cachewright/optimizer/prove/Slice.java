package io.cachewright.optimizer.prove;

import org.HdrHistogram.Histogram;

/// What one short run of one side gave. Callers must not change the histograms.
///
/// @param operations how many were done; the same on both sides of a pair
/// @param serverSeconds CPU time that the server took for them, user and system
/// @param bytesIn what the server received for them
/// @param bytesOut what it sent
/// @param memoryBytes what its data takes at the end of the run
/// @param operationsPerSecond when asked as fast as it answers
/// @param latency from when an operation was due to its last reply, in nanoseconds
/// @param lag the part of each latency that was our own doing
record Slice(
        long operations,
        double serverSeconds,
        long bytesIn,
        long bytesOut,
        long memoryBytes,
        double operationsPerSecond,
        Histogram latency,
        Histogram lag) {

    /// Starts small and grows with what it is given: a proof keeps some hundreds of them. 64 ns are finer than any
    /// round trip needs.
    static Histogram newHistogram() {
        Histogram histogram = new Histogram(64, 1_000_000, 3);
        histogram.setAutoResize(true);
        return histogram;
    }
}
