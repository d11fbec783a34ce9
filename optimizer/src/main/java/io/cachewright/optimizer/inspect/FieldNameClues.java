package io.cachewright.optimizer.inspect;

import java.util.ArrayList;
import java.util.List;
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

    private static final String UPDATE_ID = "updateid";

    private FieldNameClues() {}

    static boolean isSequence(String name) {
        List<String> words = words(name);
        String joined = String.join("", words);
        return SEQUENCE_LETTERS.contains(name)
                || SEQUENCE_WORDS.contains(joined)
                || joined.endsWith(UPDATE_ID)
                || words.stream().anyMatch(SEQUENCE_WORDS::contains);
    }

    static boolean isTime(String name) {
        List<String> words = words(name);
        boolean hasTimeWord =
                TIME_WORDS.contains(String.join("", words)) || words.stream().anyMatch(TIME_WORDS::contains);
        return TIME_LETTERS.contains(name) || (hasTimeWord && !words.contains(NOT_A_TIME));
    }

    /// `exchTs`, `exch_ts` and `exch-ts` are the words `exch` and `ts`.
    private static List<String> words(String name) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        char before = ' ';
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean isUpper = c >= 'A' && c <= 'Z';
            boolean isLowerOrDigit = isLowerOrDigit(c);
            if (!(isUpper || isLowerOrDigit) || (isUpper && isLowerOrDigit(before))) {
                end(word, words);
            }
            if (isUpper || isLowerOrDigit) {
                word.append(isUpper ? (char) (c - 'A' + 'a') : c);
            }
            before = c;
        }
        end(word, words);
        return words;
    }

    private static boolean isLowerOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }

    private static void end(StringBuilder word, List<String> words) {
        if (!word.isEmpty()) {
            words.add(word.toString());
            word.setLength(0);
        }
    }
}
