package io.cachewright.optimizer.inspect;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A number as it is written, judged without converting it.
///
/// @param isFraction written with a decimal point or an exponent
/// @param significantDigits digits from the first to the last that is not zero; 0 for zero
record WrittenNumber(boolean isFraction, int significantDigits) {

    private static final int LENGTH_MAX = 64;

    private static final String NUMBER = "[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d{1,4})?";

    private static final Pattern ALONE = Pattern.compile(NUMBER);

    private static final Pattern PAIR = Pattern.compile("(" + NUMBER + ")[:;,|@/_ x=](" + NUMBER + ")");

    /// Two numbers and a separator, such as a price level `61686.25:0.4`.
    record Pair(WrittenNumber first, WrittenNumber second) {}

    boolean isZero() {
        return significantDigits == 0;
    }

    static Optional<WrittenNumber> of(String text) {
        // Most of what is looked at is no number, and shows it at once.
        if (text.isEmpty()
                || text.length() > LENGTH_MAX
                || text.charAt(0) > '9'
                || !ALONE.matcher(text).matches()) {
            return Optional.empty();
        }
        boolean isFraction = false;
        int digits = 0;
        int digitsToLastNotZero = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 'e' || c == 'E') {
                isFraction = true;
                break;
            }
            isFraction |= c == '.';
            if (c >= '0' && c <= '9' && (c > '0' || digits > 0)) {
                digits++;
                digitsToLastNotZero = c > '0' ? digits : digitsToLastNotZero;
            }
        }
        return Optional.of(new WrittenNumber(isFraction, digitsToLastNotZero));
    }

    static Optional<Pair> pair(String text) {
        if (text.length() > 2 * LENGTH_MAX) {
            return Optional.empty();
        }
        Matcher matcher = PAIR.matcher(text);
        return matcher.matches()
                ? of(matcher.group(1)).flatMap(first -> of(matcher.group(2)).map(second -> new Pair(first, second)))
                : Optional.empty();
    }
}
