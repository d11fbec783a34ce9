package io.cachewright.drawing;

import io.cachewright.domain.ByteSize;
import java.util.Locale;

/// Numbers as people read them, the same in every form of a result.
public final class Words {

    private static final double NANOS_PER_MICRO = 1e3;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    private Words() {}

    /// A time in the unit that fits it: `310 µs`, `1.92 ms`, `2 s`.
    public static String duration(double nanos) {
        if (nanos < NANOS_PER_MILLI) {
            return significant(nanos / NANOS_PER_MICRO) + " µs";
        }
        if (nanos < NANOS_PER_SECOND) {
            return significant(nanos / NANOS_PER_MILLI) + " ms";
        }
        return significant(nanos / NANOS_PER_SECOND) + " s";
    }

    public static String bytes(double bytes) {
        return new ByteSize(Math.max(0, Math.round(bytes))).toString();
    }

    public static String bytes(long bytes) {
        return new ByteSize(bytes).toString();
    }

    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    public static String count(double count) {
        return Math.abs(count) >= 10 ? String.format(Locale.ROOT, "%,.0f", count) : significant(count);
    }

    public static String share(double share) {
        return significant(share * 100) + " %";
    }

    /// A relative change with its sign: `−84 %`, `+3.1 %`.
    public static String change(double change) {
        String sign = change < 0 ? "−" : "+";
        double percent = Math.abs(change) * 100;
        return sign + (percent >= 10 ? String.format(Locale.ROOT, "%.0f", percent) : significant(percent)) + " %";
    }

    /// Three significant digits, without a useless fraction.
    public static String significant(double value) {
        double size = Math.abs(value);
        if (size >= 100 || value == Math.rint(value)) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, size >= 10 ? "%.1f" : "%.2f", value);
    }

    /// At most that many characters, with an ellipsis where something was cut.
    public static String shortened(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length - 1) + "…";
    }
}
