package io.cachewright.domain.keys;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// A key name taken apart into separators, words and the parts that vary from key to key.
///
/*
 * Two levels of separators: `:`, `|`, `/`, braces and the like part the name into segments; `.`, `-` and `_` part a
 * segment only where the segment is not something known as a whole, because dates, UUIDs and instruments contain them
 * (`2026-11-20`, `BINANCE.BTCUSDT`, `BTC-27NOV26-100000-C`). What a part is depends on its own name alone, so that any
 * sample of the keys in any order gives the same answer; only plain words are left to be judged among their neighbours.
 */
record KeyName(List<Part> parts) {

    /// Beyond this many parts the rest of a name is one variable.
    static final int PARTS_MAX = 48;

    static final int NAME_LENGTH_MAX = 512;

    /// A dated option has five parts (`BTC-USD-261127-100000-C`), a UUID five, a venue before it one more.
    private static final int JOINED_MAX = 6;

    static final String OUTER = ":|/{}#@,;=<> \t";
    private static final String INNER = ".-_";

    private static final Pattern DATE = Pattern.compile(
            "(?:19|20)\\d{2}([-./]?)(?:0[1-9]|1[0-2])\\1(?:0[1-9]|[12]\\d|3[01])(?:T\\d{2,6}Z?)?|(?:19|20)\\d{2}-(?:0[1-9]|1[0-2])");
    private static final Pattern UUID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    private static final Pattern HEX =
            Pattern.compile("(?=[0-9a-fA-F]*\\d)(?=\\d*[a-fA-F])(?:[0-9a-f]{8,}|[0-9A-F]{8,})|[0-9a-f]{16,}");
    private static final Pattern TOKEN = Pattern.compile("(?=\\D*\\d)(?=[^A-Za-z]*[A-Za-z])[A-Za-z0-9+=~%]{16,}");
    private static final Pattern NUMBERED = Pattern.compile("[A-Za-z]{1,12}\\d{3,}[A-Za-z]?|\\d{3,}[A-Za-z]{1,4}");
    private static final Pattern DIGIT_OR_UPPER = Pattern.compile(".*[0-9A-Z].*");
    private static final String REDACTED = "redacted";

    private static final int DATE_DIGITS_MIN = 6;
    private static final int NUMBERED_DIGITS_MIN = 3;
    private static final int HEX_LENGTH_MIN = 8;

    enum Kind {
        SEPARATOR,
        /// Literal, unless too many different words stand in its place.
        WORD,
        INSTRUMENT,
        NUMBER,
        DATE,
        ID,
        /// The rest of a name with very many parts.
        REST
    }

    /// @param inTag whether it fills the hash tag, where clusters expect what keys have in common
    record Part(Kind kind, String text, boolean inTag) {

        /// What is the same for all keys of one structure.
        String shape() {
            return switch (kind) {
                case SEPARATOR -> text;
                case WORD -> "w";
                case INSTRUMENT -> "I";
                case NUMBER -> "n";
                case DATE -> "d";
                case ID -> "x";
                case REST -> "*";
            };
        }

        /// Whether a word inside a hash tag names one of many things: an account, a session.
        boolean readsLikeAnEntity() {
            return inTag
                    && DIGIT_OR_UPPER.matcher(text).matches()
                    && !UseCaseWords.isVocabulary(text.toLowerCase(Locale.ROOT));
        }
    }

    KeyName {
        parts = List.copyOf(parts);
    }

    static KeyName parse(String name) {
        String bounded = name.length() > NAME_LENGTH_MAX ? name.substring(0, NAME_LENGTH_MAX) : name;
        List<Part> parts = parts(bounded, UseCaseWords.speaksOfMarketData(bounded), false);
        if (parts.size() > PARTS_MAX || bounded.length() < name.length()) {
            List<Part> kept = new ArrayList<>(parts.subList(0, Math.min(PARTS_MAX, parts.size())));
            kept.add(new Part(Kind.REST, "", false));
            return new KeyName(kept);
        }
        return new KeyName(parts);
    }

    /// The parts of a name, or of a piece of one between separators other than `/`.
    ///
    /// @param marketData whether the whole name speaks of market data, so that bare tickers are instruments
    /// @param startsInTag whether the piece stands in the hash tag
    static List<Part> parts(String bounded, boolean marketData, boolean startsInTag) {
        List<Part> parts = new ArrayList<>();
        int start = 0;
        boolean inTag = startsInTag;
        boolean tagSeen = startsInTag;
        for (int i = 0; i <= bounded.length(); i++) {
            if (i < bounded.length() && OUTER.indexOf(bounded.charAt(i)) < 0) {
                continue;
            }
            if (i > start) {
                segment(bounded.substring(start, i), inTag, marketData, parts);
            }
            if (i < bounded.length()) {
                char separator = bounded.charAt(i);
                if (separator == '{' && !tagSeen) {
                    inTag = true;
                    tagSeen = true;
                } else if (separator == '}') {
                    inTag = false;
                }
                parts.add(new Part(Kind.SEPARATOR, String.valueOf(separator), inTag));
            }
            start = i + 1;
        }
        joinSlashedPairs(parts);
        return parts;
    }

    /// The kinds in order: keys of different structure are never of one family.
    String shape() {
        StringBuilder shape = new StringBuilder();
        parts.forEach(part -> shape.append(part.shape()));
        return shape.toString();
    }

    private static void segment(String text, boolean inTag, boolean marketData, List<Part> parts) {
        Optional<Kind> known = variable(text, marketData);
        if (known.isPresent()) {
            parts.add(new Part(known.get(), text, inTag));
            return;
        }
        List<Integer> cuts = cuts(text);
        // Of `{ACC-17}` the tag is one thing, its parts are none by themselves.
        boolean whole = inTag && cuts.size() == 2;
        int i = 0;
        while (i < cuts.size() - 1) {
            int joined = joined(text, cuts, i);
            String piece = text.substring(cuts.get(i), cuts.get(i + joined) - 1);
            if (!piece.isEmpty()) {
                Kind kind = variable(piece, marketData).orElse(Kind.WORD);
                parts.add(new Part(kind, piece, whole));
            }
            i += joined;
            if (cuts.get(i) <= text.length()) {
                parts.add(new Part(Kind.SEPARATOR, text.substring(cuts.get(i) - 1, cuts.get(i)), whole));
            }
        }
    }

    /// Where pieces start, and one past the end: piece i is `[cut(i), cut(i + 1) - 1)`.
    private static List<Integer> cuts(String text) {
        List<Integer> cuts = new ArrayList<>();
        cuts.add(0);
        for (int i = 0; i < text.length(); i++) {
            if (INNER.indexOf(text.charAt(i)) >= 0) {
                cuts.add(i + 1);
            }
        }
        cuts.add(text.length() + 1);
        return cuts;
    }

    /// How many pieces from `first` on are one known thing; 1 when none.
    private static int joined(String text, List<Integer> cuts, int first) {
        int most = Math.min(JOINED_MAX, cuts.size() - 1 - first);
        for (int count = most; count > 1; count--) {
            String piece = text.substring(cuts.get(first), cuts.get(first + count) - 1);
            if (UUID.matcher(piece).matches() || DATE.matcher(piece).matches() || Instruments.isInstrument(piece)) {
                return count;
            }
        }
        return 1;
    }

    private static Optional<Kind> variable(String text, boolean marketData) {
        int digits = digits(text);
        if (digits >= DATE_DIGITS_MIN && DATE.matcher(text).matches()) {
            return Optional.of(Kind.DATE);
        }
        if (digits > 0 && digits == text.length()) {
            return Optional.of(Kind.NUMBER);
        }
        if (Instruments.isInstrument(text) || (marketData && Instruments.isTickerLike(text))) {
            return Optional.of(Kind.INSTRUMENT);
        }
        // Most segments are short words, which need none of these.
        boolean looksRandom = text.length() >= HEX_LENGTH_MIN
                && (UUID.matcher(text).matches()
                        || HEX.matcher(text).matches()
                        || TOKEN.matcher(text).matches()
                        || text.contains(REDACTED));
        return looksRandom
                        || (digits >= NUMBERED_DIGITS_MIN
                                && NUMBERED.matcher(text).matches()
                                && !UseCaseWords.isVocabulary(text.toLowerCase(Locale.ROOT)))
                ? Optional.of(Kind.ID)
                : Optional.empty();
    }

    private static int digits(String text) {
        int digits = 0;
        for (int i = 0; i < text.length(); i++) {
            digits += text.charAt(i) >= '0' && text.charAt(i) <= '9' ? 1 : 0;
        }
        return digits;
    }

    /// `BTC/USDT` is one instrument although `/` is a separator.
    private static void joinSlashedPairs(List<Part> parts) {
        for (int i = 0; i + 2 < parts.size(); i++) {
            Part base = parts.get(i);
            Part quote = parts.get(i + 2);
            if (parts.get(i + 1).text().equals("/")
                    && mayBePaired(base)
                    && mayBePaired(quote)
                    && Instruments.isInstrument(base.text() + "/" + quote.text())) {
                Part pair = new Part(Kind.INSTRUMENT, base.text() + "/" + quote.text(), base.inTag());
                parts.subList(i, i + 3).clear();
                parts.add(i, pair);
            }
        }
    }

    private static boolean mayBePaired(Part part) {
        return part.kind() == Kind.WORD || part.kind() == Kind.INSTRUMENT;
    }
}
