package io.cachewright.capture.antipattern;

import java.util.List;

/// A mistake that was seen.
///
/// @param count how often
/// @param cost of all of it together, beyond what the right way would cost
/// @param families the key families it concerns, those most concerned first, with the number of keys seen
/// @param example one sequence of commands that shows it, with the values taken out
/// @param firstNanos when it was seen first, since 1970
public record Sighting(
        AntiPattern.Facts facts,
        long count,
        Cost cost,
        List<String> families,
        List<String> example,
        long firstNanos,
        long lastNanos) {

    public Sighting {
        families = List.copyOf(families);
        example = List.copyOf(example);
    }
}
