package io.cachewright.optimizer.collect;

import io.cachewright.lab.wire.Reply;
import io.cachewright.optimizer.evidence.CommandLatency;
import io.cachewright.optimizer.evidence.CommandLatency.Bucket;
import io.cachewright.optimizer.evidence.LatencyEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// Reads LATENCY LATEST, HISTORY and HISTOGRAM.
final class LatencyReader {

    private LatencyReader() {}

    /// Events of LATENCY LATEST, still without their samples.
    static List<LatencyEvent> latest(Reply reply) {
        return reply.elements().stream()
                .map(entry -> {
                    List<Reply> parts = entry.elements();
                    return new LatencyEvent(
                            parts.get(0).text(),
                            Instant.ofEpochSecond(parts.get(1).integer()),
                            Duration.ofMillis(parts.get(2).integer()),
                            Duration.ofMillis(parts.get(3).integer()),
                            List.of());
                })
                .toList();
    }

    static List<LatencyEvent.Sample> history(Reply reply) {
        return reply.elements().stream()
                .map(entry -> new LatencyEvent.Sample(
                        Instant.ofEpochSecond(entry.elements().get(0).integer()),
                        Duration.ofMillis(entry.elements().get(1).integer())))
                .toList();
    }

    /// Cumulative counts since the server's start: command → bound in microseconds → calls at or below it.
    static Map<String, NavigableMap<Long, Long>> histogram(Reply reply) {
        Map<String, NavigableMap<Long, Long>> commands = new TreeMap<>();
        Replies.pairs(reply).forEach((command, histogram) -> {
            NavigableMap<Long, Long> counts = new TreeMap<>();
            Replies.pairs(Replies.pairs(histogram).getOrDefault("histogram_usec", new Reply.Null()))
                    .forEach((bound, calls) -> counts.put(Long.parseLong(bound), calls.integer()));
            commands.put(command, counts);
        });
        return commands;
    }

    /// What happened between two histograms. Commands that were not called in between, or whose counts were reset,
    /// are left out.
    static List<CommandLatency> difference(
            Map<String, NavigableMap<Long, Long>> before, Map<String, NavigableMap<Long, Long>> after) {
        List<CommandLatency> latencies = new ArrayList<>();
        after.forEach((command, counts) -> {
            NavigableMap<Long, Long> earlier = before.getOrDefault(command, new TreeMap<>());
            List<Bucket> buckets = new ArrayList<>();
            long below = 0;
            boolean isReset = false;
            for (Map.Entry<Long, Long> entry : counts.entrySet()) {
                // Bounds are printed up to the slowest call only, so an earlier histogram may end below this one.
                Map.Entry<Long, Long> same = earlier.floorEntry(entry.getKey());
                long upTo = entry.getValue() - (same == null ? 0 : same.getValue());
                if (upTo > below) {
                    buckets.add(new Bucket(entry.getKey(), upTo - below));
                }
                isReset |= upTo < below;
                below = Math.max(below, upTo);
            }
            if (!isReset && below > 0) {
                latencies.add(new CommandLatency(command, below, buckets));
            }
        });
        return latencies;
    }
}
