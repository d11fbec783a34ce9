package io.cachewright.capture.antipattern;

import io.cachewright.capture.command.Key;
import io.cachewright.domain.keys.KeyGroup;
import io.cachewright.domain.keys.KeyGrouping;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Where a detector puts what it sees of its anti-pattern.
public final class Sightings {

    private static final int KEYS_KEPT_MAX = 1_000;
    private static final int FAMILIES_TOLD = 5;
    private static final int EXAMPLE_LINES_MAX = 8;

    private final AntiPattern.Facts facts;
    private final Set<Key> keys = new LinkedHashSet<>();
    private long count;
    private Cost cost = Cost.NONE;
    private List<String> example = List.of();
    private long firstNanos;
    private long lastNanos;

    Sightings(AntiPattern.Facts facts) {
        this.facts = facts;
    }

    /// Once more; the commands are the sequence that shows it, in their order.
    void add(Cost extra, Observed... sequence) {
        add(extra, List.of(sequence));
    }

    void add(Cost extra, List<Observed> sequence) {
        count++;
        cost = cost.plus(extra);
        lastNanos = sequence.getLast().timeNanos();
        if (count == 1) {
            firstNanos = sequence.getFirst().timeNanos();
            example = lines(sequence);
        }
        for (Observed command : sequence) {
            if (command.hasKey() && keys.size() < KEYS_KEPT_MAX) {
                keys.add(command.key());
            }
        }
    }

    /// More of what was seen already, without a sequence of its own.
    void more(long times, Cost extra) {
        count += times;
        cost = cost.plus(extra);
    }

    private static List<String> lines(List<Observed> sequence) {
        long start = sequence.getFirst().timeNanos();
        List<String> lines = new ArrayList<>();
        for (Observed command : sequence.subList(0, Math.min(sequence.size(), EXAMPLE_LINES_MAX))) {
            lines.add(
                    String.format(Locale.ROOT, "+%.6f s  %s", (command.timeNanos() - start) / 1e9, Quote.of(command)));
        }
        if (sequence.size() > EXAMPLE_LINES_MAX) {
            lines.add("… " + (sequence.size() - EXAMPLE_LINES_MAX) + " more");
        }
        return lines;
    }

    /// What was seen, if it was seen often enough.
    Optional<Sighting> result() {
        if (count < facts.enough()) {
            return Optional.empty();
        }
        List<String> families = KeyGrouping.by(Key::toString).group(keys).stream()
                .sorted(Comparator.comparingInt(
                        (KeyGroup<Key> group) -> -group.members().size()))
                .limit(FAMILIES_TOLD)
                .map(group ->
                        Quote.key(group.pattern()) + " (" + group.members().size() + ")")
                .toList();
        return Optional.of(new Sighting(facts, count, cost, families, example, firstNanos, lastNanos));
    }
}
