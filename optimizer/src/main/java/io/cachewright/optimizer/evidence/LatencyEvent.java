package io.cachewright.optimizer.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// One event class of the latency monitor, such as `expire-cycle` or `aof-fsync-always`.
///
/// @param samples LATENCY HISTORY, oldest first, at most 160
public record LatencyEvent(String event, Instant latestAt, Duration latest, Duration max, List<Sample> samples) {

    /// A spike: the worst latency within that second.
    public record Sample(Instant at, Duration took) {}

    public LatencyEvent {
        samples = List.copyOf(samples);
    }
}
