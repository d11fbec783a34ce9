package io.cachewright.optimizer.evidence;

import java.time.Duration;

/// What one probe cost the server and whether it ran.
///
/// @param node the node's address
/// @param probe the command, for example `INFO ALL` or `SCAN + MEMORY USAGE`
/// @param tier what it may cost at most
/// @param calls commands sent
/// @param elapsed time from the first command to the last reply
/// @param outcome `ran`, or why it was skipped, cut short or failed, as one clause
public record ProbeCost(String node, String probe, Tier tier, long calls, Duration elapsed, String outcome) {

    /// Tiers of probes, cheapest first.
    public enum Tier {
        /// Constant time on the server: INFO, CONFIG GET, PING.
        FREE,
        /// Bounded by a count that is given with the command: SLOWLOG GET 128, CLIENT LIST, LATENCY.
        BOUNDED,
        /// Touches sampled keys: SCAN, TYPE, OBJECT, MEMORY USAGE, bounded reads of elements.
        KEY_INSPECTION,
        /// MONITOR: only on request, for a bounded time.
        COMMAND_CAPTURE
    }
}
