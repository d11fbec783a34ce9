package io.cachewright.benchmarks.runtime;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Runs subjects in turn, round by round, and keeps one figure of each a round.
final class Rounds {

    /// One figure of a subject, in its unit.
    @FunctionalInterface
    interface Subject {
        double run();
    }

    private record Entry(Subject subject, List<Double> figures) {

        private double[] sorted() {
            return figures.stream().mapToDouble(figure -> figure).sorted().toArray();
        }
    }

    private final Map<String, Entry> entries = new LinkedHashMap<>();

    Rounds add(String name, Subject subject) {
        entries.put(name, new Entry(subject, new ArrayList<>()));
        return this;
    }

    /// The first `warmUp` rounds are thrown away.
    Rounds run(int warmUp, int rounds) {
        for (int round = 0; round < warmUp + rounds; round++) {
            boolean counts = round >= warmUp;
            entries.values().forEach(entry -> {
                double figure = entry.subject.run();
                if (counts) {
                    entry.figures.add(figure);
                }
            });
        }
        return this;
    }

    double median(String name) {
        Entry entry = entries.get(name);
        if (entry == null) {
            throw new IllegalArgumentException("no subject " + name);
        }
        double[] sorted = entry.sorted();
        return sorted[sorted.length / 2];
    }

    void print(String unit, PrintStream out) {
        entries.forEach((name, entry) -> {
            double[] sorted = entry.sorted();
            out.println(String.format(
                    Locale.ROOT,
                    "%-48s %10.1f [%.1f-%.1f] %s",
                    name,
                    sorted[sorted.length / 2],
                    sorted[0],
                    sorted[sorted.length - 1],
                    unit));
        });
    }
}
