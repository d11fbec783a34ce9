package io.cachewright.domain;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A number of bytes, read and written as in `redis.conf`: `100mb` is 100 × 1,048,576 and `100m` is 100 × 1,000,000.
public record ByteSize(long bytes) implements Comparable<ByteSize> {

    private static final Pattern FORM = Pattern.compile("(\\d{1,19}(?:\\.\\d{1,6})?)\\s*(b|k|kb|m|mb|g|gb|t|tb)?");
    private static final String[] UNITS = {"B", "KB", "MB", "GB", "TB"};
    private static final int UNIT = 1024;

    public ByteSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes must not be negative, was " + bytes);
        }
    }

    /// Reads `64mb`, `1.5gb`, `1000`; empty when the text is no size or does not fit 63 bits.
    public static Optional<ByteSize> parse(String text) {
        Matcher matcher = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long unit = switch (matcher.group(2)) {
            case null -> 1L;
            case "k" -> 1_000L;
            case "kb" -> 1L << 10;
            case "m" -> 1_000_000L;
            case "mb" -> 1L << 20;
            case "g" -> 1_000_000_000L;
            case "gb" -> 1L << 30;
            case "t" -> 1_000_000_000_000L;
            case "tb" -> 1L << 40;
            default -> 1L;
        };
        BigDecimal bytes = new BigDecimal(matcher.group(1))
                .multiply(BigDecimal.valueOf(unit))
                .setScale(0, RoundingMode.DOWN);
        if (bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            return Optional.empty();
        }
        return Optional.of(new ByteSize(bytes.longValueExact()));
    }

    /// As `redis.conf` takes it, exact: `64mb` when it is whole mebibytes, else plain bytes.
    public String toConfig() {
        for (int power = 4; power >= 1; power--) {
            long unit = 1L << (10 * power);
            if (bytes >= unit && bytes % unit == 0) {
                return bytes / unit + UNITS[power].toLowerCase(Locale.ROOT);
            }
        }
        return Long.toString(bytes);
    }

    /// For people: at most one decimal, `1.5 GB`; the unit is binary, as in `INFO memory`'s human values.
    @Override
    public String toString() {
        double value = bytes;
        int power = 0;
        while (value >= UNIT && power < UNITS.length - 1) {
            value /= UNIT;
            power++;
        }
        String number = power == 0 || value == Math.rint(value)
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, "%.1f", value);
        return number + " " + UNITS[power];
    }

    @Override
    public int compareTo(ByteSize other) {
        return Long.compare(bytes, other.bytes);
    }
}
