package io.cachewright.optimizer.prove.practice;

import java.util.Map;

/// What was observed of a family, by name: `levels`, `bytes`, `keys`, `changesPerBatch` …
public record Sizes(Map<String, Long> observed) {

    public Sizes {
        observed = Map.copyOf(observed);
    }

    /// The observed number, cut to what a shadow can hold; `assumed` where nothing was observed.
    public Size of(String name, int assumed, int most) {
        Long value = observed.get(name);
        if (value == null || value < 1) {
            return new Size(name, assumed, false, false);
        }
        return new Size(name, (int) Math.min(value, most), true, value > most);
    }
}
