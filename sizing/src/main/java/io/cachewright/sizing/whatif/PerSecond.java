package io.cachewright.sizing.whatif;

import java.util.HashMap;
import java.util.Map;

/// Counts events by the second of a trace's time.
final class PerSecond {

    private final Map<Long, long[]> counts = new HashMap<>();

    void add(long micros) {
        counts.computeIfAbsent(Math.floorDiv(micros, 1_000_000L), _ -> new long[1])[0]++;
    }

    long total() {
        return counts.values().stream().mapToLong(count -> count[0]).sum();
    }

    long max() {
        return counts.values().stream().mapToLong(count -> count[0]).max().orElse(0);
    }
}
