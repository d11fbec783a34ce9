package io.cachewright.domain.keys;

/// International Securities Identification Numbers: two letters, nine letters or digits, a check digit (ISO 6166).
final class Isin {

    static final int LENGTH = 12;

    private Isin() {}

    /// Whether the twelve bytes from `from` on are one, check digit and all.
    ///
    /// Letters count as 10 to 35, then Luhn's sum over the digits must be a multiple of ten.
    static boolean isValid(byte[] name, int from) {
        int sum = 0;
        boolean doubled = false;
        for (int i = LENGTH - 1; i >= 0; i--) {
            byte c = name[from + i];
            boolean letter = c >= 'A' && c <= 'Z';
            boolean digit = c >= '0' && c <= '9';
            if (!(letter || digit) || (i < 2 && digit) || (i == LENGTH - 1 && letter)) {
                return false;
            }
            int value = letter ? c - 'A' + 10 : c - '0';
            sum += luhn(value % 10, doubled);
            doubled = !doubled;
            if (letter) {
                sum += luhn(value / 10, doubled);
                doubled = !doubled;
            }
        }
        return sum % 10 == 0;
    }

    private static int luhn(int digit, boolean doubled) {
        int value = doubled ? 2 * digit : digit;
        return value > 9 ? value - 9 : value;
    }
}
