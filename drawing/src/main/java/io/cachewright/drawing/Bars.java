package io.cachewright.drawing;

import java.util.List;

/// Horizontal bars, one a row, each with its name and its value.
public final class Bars {

    private static final int ROW = 26;
    private static final int NAME = 250;
    private static final int NAME_LENGTH_MAX = 36;
    private static final int VALUE = 100;

    private Bars() {}

    /// @param size what the length of the bar shows
    /// @param value the size in words
    public record Bar(String name, double size, String value) {}

    /// Markup; empty when nothing has a size.
    ///
    /// @param label what the bars show
    public static String draw(String label, List<Bar> bars) {
        double most = bars.stream().mapToDouble(Bar::size).max().orElse(0);
        if (most <= 0) {
            return "";
        }
        Svg svg = Svg.open(bars.size() * ROW + 6, label);
        for (int i = 0; i < bars.size(); i++) {
            Bar bar = bars.get(i);
            double y = i * ROW + 4;
            double width = Math.max(2, (Svg.WIDTH - NAME - VALUE) * bar.size() / most);
            svg.text(0, y + 14, Words.shortened(bar.name(), NAME_LENGTH_MAX), "")
                    .bar(NAME, y + 1, width, 16, "var(--after)")
                    .text(NAME + width + 6, y + 14, bar.value(), "soft-text");
        }
        return svg.toString();
    }
}
