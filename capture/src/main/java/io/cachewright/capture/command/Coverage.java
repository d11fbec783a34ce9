package io.cachewright.capture.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// How much of a capture was understood, and what was lost. Every number that is drawn from a capture holds for the
/// commands of its coverage only.
///
/// @param bytesRead of the source, decompressed
/// @param firstNanos time of the earliest command, since 1970; 0 where there is none
/// @param lastNanos of the latest
/// @param clockResolutionNanos the smallest step of the source's clock
/// @param notes each thing that was lost or left out, with its count; empty when nothing was
public record Coverage(
        long commands, long bytesRead, long firstNanos, long lastNanos, long clockResolutionNanos, List<Note> notes) {

    public Coverage {
        notes = List.copyOf(notes);
    }

    /// @param what a clause for people: `malformed lines`
    /// @param examples the first few places and reasons
    public record Note(String what, long count, List<String> examples) {
        public Note {
            examples = List.copyOf(examples);
        }

        /// For people: `malformed lines: 16, for example line 201: a time is missing`; of a single one, its
        /// example alone.
        public String text() {
            String counted = String.format(Locale.ROOT, "%,d", count);
            if (examples.isEmpty()) {
                return what + ": " + counted;
            }
            return what + ": " + (count == 1 ? examples.getFirst() : counted + ", for example " + examples.getFirst());
        }
    }

    /// How often something of that name was noted.
    public long noted(String what) {
        return notes.stream()
                .filter(note -> note.what().equals(what))
                .mapToLong(Note::count)
                .sum();
    }

    /// Gathers notes while a capture is read: counts of everything, examples of the first few.
    public static final class Notes {

        private static final int EXAMPLES_MAX = 5;

        private final Map<String, Tally> tallies = new LinkedHashMap<>();

        private static final class Tally {
            private long count;
            private final List<String> examples = new ArrayList<>();
        }

        public void add(String what, String example) {
            Tally tally = tallies.computeIfAbsent(what, _ -> new Tally());
            tally.count++;
            if (tally.examples.size() < EXAMPLES_MAX) {
                tally.examples.add(example);
            }
        }

        public void add(String what, long count) {
            if (count > 0) {
                tallies.computeIfAbsent(what, _ -> new Tally()).count += count;
            }
        }

        public List<Note> toList() {
            List<Note> notes = new ArrayList<>();
            tallies.forEach((what, tally) -> notes.add(new Note(what, tally.count, tally.examples)));
            return notes;
        }
    }
}
