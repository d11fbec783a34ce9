package io.cachewright.drawing;

import java.util.List;
import java.util.function.DoubleFunction;
import java.util.stream.IntStream;

/// One axis of a chart.
///
/// @param low where it begins; positive when logarithmic
/// @param high where it ends; beyond `low`
/// @param words a value as its label says it
public record Axis(String title, double low, double high, boolean isLogarithmic, DoubleFunction<String> words) {

    public Axis {
        if (!(high > low) || (isLogarithmic && !(low > 0))) {
            throw new IllegalArgumentException("an axis from " + low + " to " + high + " has no length");
        }
    }

    public static Axis linear(String title, double low, double high, DoubleFunction<String> words) {
        return new Axis(title, low, high > low ? high : low + 1, false, words);
    }

    /// Begins and ends at positive values, whatever is given.
    public static Axis logarithmic(String title, double low, double high, DoubleFunction<String> words) {
        double from = Math.max(low, Double.MIN_NORMAL);
        return new Axis(title, from, high > from ? high : from * 2, true, words);
    }

    /// Where a value lies: 0 at the beginning, 1 at the end, within them when the value is not.
    double place(double value) {
        double share = isLogarithmic
                ? (Math.log(Math.max(value, low)) - Math.log(low)) / (Math.log(high) - Math.log(low))
                : (value - low) / (high - low);
        return Math.clamp(share, 0, 1);
    }

    /// The value at a place.
    double at(double place) {
        return isLogarithmic ? low * Math.pow(high / low, place) : low + (high - low) * place;
    }

    /// Places of evenly spread labels, both ends included.
    List<Double> ticks(int count) {
        return IntStream.range(0, count).mapToObj(i -> (double) i / (count - 1)).toList();
    }
}
