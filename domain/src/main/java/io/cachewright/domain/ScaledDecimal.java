package io.cachewright.domain;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// A price or quantity as a 64-bit integer and a decimal scale: 61,686.25 at scale 2 is 6,168,625.
///
/// Money never passes through a double: one ulp of a double at 61,686 is 7.3e-12, enough to merge two timestamps
/// packed beside a price. Arithmetic that would overflow throws rather than wraps.
public record ScaledDecimal(long unscaled, int scale) implements Comparable<ScaledDecimal> {

    /// 10^18 is the largest power of ten in 63 bits.
    public static final int SCALE_MAX = 18;

    public ScaledDecimal {
        if (scale < 0 || scale > SCALE_MAX) {
            throw new IllegalArgumentException("scale must be 0 to " + SCALE_MAX + ", was " + scale);
        }
    }

    /// Reads a plain or exponent decimal exactly at `scale`.
    ///
    /// @throws IllegalArgumentException when `text` is no decimal
    /// @throws ArithmeticException when it has more decimals than `scale`, or does not fit 64 bits
    public static ScaledDecimal parse(String text, int scale) {
        BigDecimal decimal;
        try {
            decimal = new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is not a decimal", e);
        }
        return of(decimal, scale);
    }

    /// `decimal` at `scale`, exact.
    ///
    /// @throws ArithmeticException when rounding would be needed or it does not fit 64 bits
    public static ScaledDecimal of(BigDecimal decimal, int scale) {
        return new ScaledDecimal(
                decimal.setScale(scale, RoundingMode.UNNECESSARY)
                        .unscaledValue()
                        .longValueExact(),
                scale);
    }

    public ScaledDecimal plus(ScaledDecimal other) {
        requireSameScale(other);
        return new ScaledDecimal(Math.addExact(unscaled, other.unscaled), scale);
    }

    public ScaledDecimal minus(ScaledDecimal other) {
        requireSameScale(other);
        return new ScaledDecimal(Math.subtractExact(unscaled, other.unscaled), scale);
    }

    public boolean isZero() {
        return unscaled == 0;
    }

    public BigDecimal toBigDecimal() {
        return BigDecimal.valueOf(unscaled, scale);
    }

    /// By value, also across scales.
    @Override
    public int compareTo(ScaledDecimal other) {
        return scale == other.scale
                ? Long.compare(unscaled, other.unscaled)
                : toBigDecimal().compareTo(other.toBigDecimal());
    }

    /// Plain digits, never an exponent.
    @Override
    public String toString() {
        return toBigDecimal().toPlainString();
    }

    private void requireSameScale(ScaledDecimal other) {
        if (scale != other.scale) {
            throw new IllegalArgumentException("scales differ: " + scale + " and " + other.scale);
        }
    }
}
