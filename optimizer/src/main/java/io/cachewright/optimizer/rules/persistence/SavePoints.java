package io.cachewright.optimizer.rules.persistence;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The save points of a server: a snapshot starts `seconds` after the last one when at least `changes` happened.
record SavePoints(List<Point> points) {

    record Point(long seconds, long changes) {}

    SavePoints {
        points = List.copyOf(points);
    }

    /// Reads what CONFIG GET save prints: `3600 1 300 100 60 10000`.
    static SavePoints parse(String save) {
        String[] numbers = save.strip().split("\\s+");
        List<Point> points = new ArrayList<>();
        for (int at = 0; at + 1 < numbers.length; at += 2) {
            points.add(new Point(Long.parseLong(numbers[at]), Long.parseLong(numbers[at + 1])));
        }
        return new SavePoints(points);
    }

    boolean isEmpty() {
        return points.isEmpty();
    }

    /// How often a snapshot starts at this many changes a second; empty when none ever does.
    Optional<Duration> period(double changesPerSecond) {
        if (points.isEmpty() || changesPerSecond <= 0) {
            return Optional.empty();
        }
        double seconds = points.stream()
                .mapToDouble(point -> Math.max((double) point.seconds(), point.changes() / changesPerSecond))
                .min()
                .orElseThrow();
        return Optional.of(Duration.ofSeconds((long) Math.min(seconds, 1e9)));
    }
}
