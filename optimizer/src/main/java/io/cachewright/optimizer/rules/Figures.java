package io.cachewright.optimizer.rules;

import io.cachewright.domain.ByteSize;
import java.util.Locale;

/// Numbers as findings show them: few digits, with their unit.
public final class Figures {

    private Figures() {}

    /// A share, `31 %`; one decimal below ten.
    public static String percent(double share) {
        double percent = share * 100;
        return (percent != 0 && Math.abs(percent) < 10 ? decimal(percent) : Long.toString(Math.round(percent))) + " %";
    }

    /// A rate, `9.8/s`.
    public static String perSecond(double rate) {
        return decimal(rate) + "/s";
    }

    public static String bytes(long bytes) {
        return new ByteSize(Math.max(0, bytes)).toString();
    }

    public static String bytes(double bytes) {
        return new ByteSize(Math.max(0, Math.round(bytes))).toString();
    }

    /// Microseconds as µs or ms.
    public static String micros(double micros) {
        return micros >= 1000 ? decimal(micros / 1000) + " ms" : decimal(micros) + " µs";
    }

    /// `1,286`.
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /// At most one decimal, none from ten on.
    public static String decimal(double number) {
        double rounded = Math.rint(number * 10) / 10;
        return Math.abs(rounded) >= 10 || rounded == Math.rint(rounded)
                ? count(Math.round(rounded))
                : String.format(Locale.ROOT, "%.1f", rounded);
    }
}
