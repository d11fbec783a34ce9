package io.cachewright.domain.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// "Did you mean": the known word that the fewest single-letter edits turn into the one given.
final class NearestWord {

    private NearestWord() {}

    /// Empty when nothing is close: more than a third of the letters, or more than three, would have to change.
    static Optional<String> to(String given, Collection<String> known) {
        int editsMax = Math.clamp(given.length() / 3, 1, 3);
        return known.stream()
                .filter(word -> edits(given, word) <= editsMax)
                .min(Comparator.comparingInt((String word) -> edits(given, word))
                        .thenComparing(word -> word));
    }

    /* Levenshtein distance, two rows at a time, in lower case and with '_' read as '-'. */
    private static int edits(String a, String b) {
        String from = normal(a);
        String to = normal(b);
        int[] above = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] row = new int[to.length() + 1];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replace = above[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replace, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[to.length()];
    }

    private static String normal(String word) {
        return word.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
