package io.cachewright.domain;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations as people write them in configuration: `250ms`, `1.5s`, `5m`, `1h30m`, `2d`; ISO forms such as `PT5M` too.
public final class Durations {

    private static final Pattern PART = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)\\s*(ns|us|µs|ms|s|m|h|d)");

    private static final long[] UNIT_NANOS = {
        86_400_000_000_000L, 3_600_000_000_000L, 60_000_000_000L, 1_000_000_000L, 1_000_000L, 1_000L, 1L
    };
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final String[] UNIT_NAMES = {"d", "h", "m", "s", "ms", "us", "ns"};

    private Durations() {}

    /// Reads a duration; empty when the text is none, has no unit, or is negative.
    public static Optional<Duration> parse(String text) {
        String wanted = text.strip().toLowerCase(Locale.ROOT);
        if (wanted.startsWith("p")) {
            return parseIso(wanted);
        }
        Matcher part = PART.matcher(wanted);
        Duration sum = Duration.ZERO;
        int end = 0;
        while (part.lookingAt()) {
            sum = sum.plus(nanosOf(part.group(1), part.group(2)));
            end = part.end();
            part.region(end, wanted.length());
        }
        return end > 0 && end == wanted.length() ? Optional.of(sum) : Optional.empty();
    }

    /// The shortest exact form that [#parse] reads back: `250ms`, `1h30m`, `0s`.
    public static String format(Duration duration) {
        if (duration.isZero()) {
            return "0s";
        }
        long left = duration.toNanos();
        StringBuilder text = new StringBuilder();
        for (int unit = 0; unit < UNIT_NANOS.length && left != 0; unit++) {
            long count = left / UNIT_NANOS[unit];
            if (count != 0) {
                text.append(count).append(UNIT_NAMES[unit]);
                left -= count * UNIT_NANOS[unit];
            }
        }
        return text.toString();
    }

    /// About as long, for people: the leading unit and the one below it, `55s775ms`, `1d12h`.
    public static String brief(Duration duration) {
        long nanos = duration.toNanos();
        for (int unit = 0; unit < UNIT_NANOS.length - 1; unit++) {
            if (nanos >= UNIT_NANOS[unit]) {
                long below = UNIT_NANOS[unit + 1];
                return format(Duration.ofNanos(Math.round((double) nanos / below) * below));
            }
        }
        return format(duration);
    }

    private static Optional<Duration> parseIso(String text) {
        try {
            Duration duration = Duration.parse(text);
            return duration.isNegative() ? Optional.empty() : Optional.of(duration);
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }

    private static Duration nanosOf(String number, String unit) {
        long nanosPerUnit = switch (unit) {
            case "ns" -> 1L;
            case "us", "µs" -> 1_000L;
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            case "m" -> 60_000_000_000L;
            case "h" -> 3_600_000_000_000L;
            case "d" -> 86_400_000_000_000L;
            default -> throw new IllegalStateException("the pattern admits no unit " + unit);
        };
        if (number.indexOf('.') < 0) {
            // Large decimals take longer to get ready than many a command takes.
            long count = Long.parseLong(number);
            return Duration.ofSeconds(
                    count * (nanosPerUnit / NANOS_PER_SECOND), count * (nanosPerUnit % NANOS_PER_SECOND));
        }
        BigDecimal nanos = new BigDecimal(number).multiply(BigDecimal.valueOf(nanosPerUnit));
        long seconds = nanos.movePointLeft(9).longValue();
        return Duration.ofSeconds(
                seconds,
                nanos.subtract(BigDecimal.valueOf(seconds).movePointRight(9)).longValue());
    }
}
