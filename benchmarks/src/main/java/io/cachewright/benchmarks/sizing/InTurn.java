package io.cachewright.benchmarks.sizing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Times subjects in turn, round by round, so that a busy machine hits all alike.
final class InTurn {

    private final Map<String, Runnable> subjects = new LinkedHashMap<>();
    private final Map<String, List<Double>> seconds = new LinkedHashMap<>();

    InTurn add(String name, Runnable subject) {
        subjects.put(name, subject);
        seconds.put(name, new ArrayList<>());
        return this;
    }

    /// One round to warm up, then those that count.
    InTurn run(int rounds) {
        for (int round = 0; round <= rounds; round++) {
            for (Map.Entry<String, Runnable> subject : subjects.entrySet()) {
                long begun = System.nanoTime();
                subject.getValue().run();
                double took = (System.nanoTime() - begun) / 1e9;
                System.err.printf(Locale.ROOT, "round %d: %s %.3f s%n", round, subject.getKey(), took);
                if (round > 0) {
                    List<Double> figures = seconds.get(subject.getKey());
                    if (figures != null) {
                        figures.add(took);
                    }
                }
            }
        }
        return this;
    }

    double median(String name) {
        return sorted(name).get(sorted(name).size() / 2);
    }

    String spread(String name) {
        List<Double> sorted = sorted(name);
        return String.format(Locale.ROOT, "%.3f [%.3f–%.3f]", median(name), sorted.getFirst(), sorted.getLast());
    }

    private List<Double> sorted(String name) {
        return seconds.getOrDefault(name, List.of()).stream().sorted().toList();
    }
}
