package io.cachewright.optimizer.report;

import io.cachewright.domain.ByteSize;
import io.cachewright.optimizer.advice.Effect.Metric;
import io.cachewright.optimizer.diagnose.Severity;
import java.util.Locale;

/// Numbers and names as people read them, the same in every form of the report.
final class Words {

    private static final double NANOS_PER_MICRO = 1e3;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    private Words() {}

    static String severity(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }

    /// A measured value in the unit that fits it: `310 µs`, `1.92 ms`, `812 MB`, `18,400/s`.
    static String value(Metric metric, double value) {
        return switch (metric) {
            case P50, P99, P999, SERVER_TIME -> duration(value);
            case THROUGHPUT -> count(value) + "/s";
            case MEMORY, BYTES_IN, BYTES_OUT -> bytes(value);
            case HIT_RATIO -> share(value);
        };
    }

    static String duration(double nanos) {
        if (nanos < NANOS_PER_MILLI) {
            return significant(nanos / NANOS_PER_MICRO) + " µs";
        }
        if (nanos < NANOS_PER_SECOND) {
            return significant(nanos / NANOS_PER_MILLI) + " ms";
        }
        return significant(nanos / NANOS_PER_SECOND) + " s";
    }

    static String bytes(double bytes) {
        return new ByteSize(Math.max(0, Math.round(bytes))).toString();
    }

    static String bytes(long bytes) {
        return new ByteSize(bytes).toString();
    }

    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    static String count(double count) {
        return Math.abs(count) >= 10 ? String.format(Locale.ROOT, "%,.0f", count) : significant(count);
    }

    static String share(double share) {
        return significant(share * 100) + " %";
    }

    /// A relative change with its sign: `−84 %`, `+3.1 %`.
    static String change(double change) {
        String sign = change < 0 ? "−" : "+";
        double percent = Math.abs(change) * 100;
        return sign + (percent >= 10 ? String.format(Locale.ROOT, "%.0f", percent) : significant(percent)) + " %";
    }

    /// Three significant digits, without a useless fraction.
    static String significant(double value) {
        double size = Math.abs(value);
        if (size >= 100 || value == Math.rint(value)) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, size >= 10 ? "%.1f" : "%.2f", value);
    }
}
