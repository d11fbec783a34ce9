package io.cachewright.optimizer.inspect;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What the name of a field gives away. Exchanges' feeds use single letters, whose case matters: `u` and `U` are the
/// last and the first update, `E` and `T` event and trade time.
final class FieldNameClues {

    private static final Set<String> SEQUENCE_LETTERS = Set.of("u", "U", "pu");

    private static final Set<String> TIME_LETTERS = Set.of("E", "T");

    private static final Set<String> SEQUENCE_WORDS = Set.of(
            "seq", "sequence", "seqno", "seqnum", "rev", "revision", "version", "ver", "updateid", "lastupdateid");

    private static final Set<String> TIME_WORDS =
            Set.of("ts", "time", "timestamp", "datetime", "epoch", "timems", "timens", "timeus", "recvts", "exchts");

    /// `timeInForce` is an order's attribute and no time.
    private static final String NOT_A_TIME = "force";

    private FieldNameClues() {}

    static boolean isSequence(String name) {
        return SEQUENCE_LETTERS.contains(name)
                || SEQUENCE_WORDS.contains(joined(name))
                || endsWithUpdateId(name)
                || words(name).stream().anyMatch(SEQUENCE_WORDS::contains);
    }

    static boolean isTime(String name) {
        List<String> words = words(name);
        boolean hasTimeWord =
                TIME_WORDS.contains(joined(name)) || words.stream().anyMatch(TIME_WORDS::contains);
        return TIME_LETTERS.contains(name) || (hasTimeWord && !words.contains(NOT_A_TIME));
    }

    private static boolean endsWithUpdateId(String name) {
        return joined(name).endsWith("updateid");
    }

    private static String joined(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    }

    /// `exchTs`, `exch_ts` and `exch-ts` are the words `exch` and `ts`.
    private static List<String> words(String name) {
        String spaced = name.replaceAll("([a-z0-9])([A-Z])", "$1 $2").replaceAll("[^A-Za-z0-9]+", " ");
        return Arrays.asList(spaced.strip().toLowerCase(Locale.ROOT).split(" ", -1));
    }
}
