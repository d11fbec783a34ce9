package io.cachewright.drawing;

import java.util.List;
import java.util.Locale;

/// Values over time as a grid of colours: each column is a stretch of time, each row a part of it.
///
/// @param label what it shows, for those who cannot see it
/// @param columns values by column, then by row from the top; a column may be shorter than others
/// @param begin label of the left end
/// @param end label of the right end
/// @param most what the darkest colour stands for, in words
public record HeatMap(String label, List<double[]> columns, String begin, String end, String most) {

    /// More would be thinner than a pixel of a phone.
    public static final int COLUMNS_MAX = 360;

    private static final double EMPTY = 0.04;

    /// Markup; empty when there is nothing to show.
    public String draw() {
        int rows = columns.stream().mapToInt(column -> column.length).max().orElse(0);
        double highest =
                columns.stream().flatMapToDouble(java.util.Arrays::stream).max().orElse(0);
        if (rows == 0 || highest <= 0) {
            return "";
        }
        Svg svg = Svg.stretched(columns.size(), rows, label);
        for (int x = 0; x < columns.size(); x++) {
            double[] column = columns.get(x);
            for (int y = 0; y < column.length; y++) {
                // The square root keeps quiet stretches visible beside a burst.
                double strength = column[y] <= 0 ? EMPTY : Math.max(0.1, Math.sqrt(column[y] / highest));
                svg.box(x, y, 0.96, 0.92, "var(--heat)", strength);
            }
        }
        return new Html()
                .raw(String.format(
                        Locale.ROOT,
                        "<figure class=\"heat\"><div class=\"cells\" style=\"height:%dpx\">",
                        Math.clamp(rows * 14L, 40, 180)))
                .raw(svg.toString())
                .raw("</div><figcaption>")
                .element("span class=\"soft\"", begin)
                .element("span class=\"soft\"", label + "; darkest: " + most)
                .element("span class=\"soft\"", end)
                .raw("</figcaption></figure>")
                .toString();
    }
}
