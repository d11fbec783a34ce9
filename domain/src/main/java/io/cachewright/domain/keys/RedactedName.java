package io.cachewright.domain.keys;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A key's name as it may be kept: printable, with parts that look like secrets redacted.
///
/// @param printed bytes outside printable ASCII as `\xNN`
/// @param isRedacted whether a part was replaced
public record RedactedName(String printed, boolean isRedacted) {

    /// Stands for a part that looked like a secret.
    public static final String REDACTED = "(redacted)";

    /// Keys may be 512 MB long; nobody reads more than this.
    private static final int BYTES_MAX = 512;

    private static final Pattern JSON_WEB_TOKEN =
            Pattern.compile("eyJ[A-Za-z0-9_-]{5,}\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*");

    private static final Pattern EMAIL = Pattern.compile("[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+");

    private static final Pattern KNOWN_TOKEN = Pattern.compile(
            "(sk|pk|rk)_(live|test)_[A-Za-z0-9]{8,}|AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{20,}|xox[abprs]-[A-Za-z0-9-]{8,}");

    /// What stands between the parts of a key.
    private static final Pattern PART = Pattern.compile("[^:/|{}#?&=,;\\s]+");

    /// After one of these words the next part is a secret, whatever it looks like.
    private static final Set<String> SECRET_AHEAD = Set.of(
            "session",
            "sessions",
            "sess",
            "sid",
            "token",
            "tokens",
            "auth",
            "jwt",
            "apikey",
            "api-key",
            "api_key",
            "secret",
            "password",
            "passwd",
            "refresh",
            "refresh_token",
            "access_token",
            "bearer",
            "otp",
            "csrf");

    private static final int SECRET_LENGTH_MIN = 8;

    /// Hexadecimal digits of a 128-bit token.
    private static final int HEX_LENGTH_MIN = 32;

    private static final int MIXED_LENGTH_MIN = 20;

    private static final Pattern HEX = Pattern.compile("[0-9a-f]+|[0-9A-F]+");

    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    public static RedactedName of(byte[] bytes) {
        return ofPrintable(printable(bytes));
    }

    /// Of a name whose other bytes are already written as `\xNN`.
    public static RedactedName ofPrintable(String printable) {
        String kept =
                printable.contains("eyJ") ? JSON_WEB_TOKEN.matcher(printable).replaceAll(REDACTED) : printable;
        kept = KNOWN_TOKEN.matcher(kept).replaceAll(REDACTED);
        kept = kept.indexOf('@') < 0 ? kept : EMAIL.matcher(kept).replaceAll(REDACTED);
        kept = withoutSecretParts(kept);
        return new RedactedName(kept, !kept.equals(printable));
    }

    private static String printable(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(bytes.length, BYTES_MAX); i++) {
            int b = bytes[i] & 0xff;
            if (b >= ' ' && b <= '~') {
                text.append((char) b);
            } else {
                text.append("\\x").append(String.format(Locale.ROOT, "%02x", b));
            }
        }
        return bytes.length > BYTES_MAX ? text.append("…").toString() : text.toString();
    }

    private static String withoutSecretParts(String name) {
        Matcher part = PART.matcher(name);
        StringBuilder kept = new StringBuilder();
        String before = "";
        while (part.find()) {
            String text = part.group();
            boolean isExpected = SECRET_AHEAD.contains(before.toLowerCase(Locale.ROOT))
                    && text.length() >= SECRET_LENGTH_MIN
                    && !text.equals(REDACTED)
                    && text.chars().anyMatch(Character::isDigit);
            boolean isSecret = isExpected || looksRandom(text);
            part.appendReplacement(kept, Matcher.quoteReplacement(isSecret ? REDACTED : text));
            before = text;
        }
        return part.appendTail(kept).toString();
    }

    /// Whether a part is long and mixed as only a generated one is. A UUID is an identifier more often than a secret;
    /// after a word such as `session` it is taken for one all the same.
    private static boolean looksRandom(String part) {
        if (part.length() < MIXED_LENGTH_MIN || UUID.matcher(part).matches()) {
            return false;
        }
        boolean hasDigit = part.chars().anyMatch(Character::isDigit);
        boolean hasLetter = part.chars().anyMatch(Character::isLetter);
        if (!hasDigit || !hasLetter) {
            return false;
        }
        if (part.length() >= HEX_LENGTH_MIN && HEX.matcher(part).matches()) {
            return true;
        }
        boolean hasUpper = part.chars().anyMatch(Character::isUpperCase);
        boolean hasLower = part.chars().anyMatch(Character::isLowerCase);
        return hasUpper && hasLower && changes(part) >= part.length() / 4;
    }

    /// How often the kind of character changes; words and numbers strung together change seldom.
    private static int changes(String part) {
        int changes = 0;
        for (int i = 1; i < part.length(); i++) {
            if (kind(part.charAt(i)) != kind(part.charAt(i - 1))) {
                changes++;
            }
        }
        return changes;
    }

    private static int kind(char c) {
        return Character.isDigit(c) ? 0 : Character.isUpperCase(c) ? 1 : Character.isLowerCase(c) ? 2 : 3;
    }
}
