package io.cachewright.drawing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Curves for a terminal: a sparkline in one row, or a drawing in dots with its axes.
public final class TextCurve {

    private static final String BARS = "▁▂▃▄▅▆▇█";
    private static final String EIGHTHS = "▏▎▍▌▋▊▉█";

    /// A braille character holds two columns of four dots; these are their bits, by row.
    private static final int[][] DOTS = {{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};

    private static final int BRAILLE = 0x2800;
    private static final int DOTS_ACROSS = 2;
    private static final int DOTS_DOWN = 4;
    private static final int LABEL_WIDTH = 9;

    private TextCurve() {}

    /// One character a value, from `low` to `high`.
    public static String sparkline(List<Double> values, double low, double high) {
        StringBuilder line = new StringBuilder();
        for (double value : values) {
            double share = high > low ? Math.clamp((value - low) / (high - low), 0, 1) : 0;
            line.append(BARS.charAt((int) Math.round(share * (BARS.length() - 1))));
        }
        return line.toString();
    }

    /// A bar of at most `width` characters, to an eighth of one.
    public static String bar(double share, int width) {
        int eighths = (int) Math.round(Math.clamp(share, 0, 1) * width * EIGHTHS.length());
        int rest = eighths % EIGHTHS.length();
        return "█".repeat(eighths / EIGHTHS.length()) + (rest == 0 ? "" : EIGHTHS.charAt(rest - 1));
    }

    /// Rows of text: the curve, then the labels of the x axis.
    ///
    /// @param points in order of x
    /// @param width characters across, without the labels
    /// @param height rows
    public static List<String> draw(List<LineChart.Point> points, Axis x, Axis y, int width, int height) {
        int[][] cells = new int[height][width];
        int across = width * DOTS_ACROSS;
        int down = height * DOTS_DOWN;
        for (int column = 0; column < across && !points.isEmpty(); column++) {
            double value = valueAt(points, x, (double) column / (across - 1));
            int row = (int) Math.round((1 - y.place(value)) * (down - 1));
            cells[row / DOTS_DOWN][column / DOTS_ACROSS] |= DOTS[row % DOTS_DOWN][column % DOTS_ACROSS];
        }
        List<String> rows = new ArrayList<>();
        for (int row = 0; row < height; row++) {
            boolean isLabelled = row == 0 || row == height - 1 || row == height / 2;
            String label = isLabelled ? y.words().apply(y.at(1 - (double) row / (height - 1))) : "";
            StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%" + LABEL_WIDTH + "s ┤", label));
            for (int cell : cells[row]) {
                line.append(cell == 0 ? ' ' : (char) (BRAILLE + cell));
            }
            rows.add(line.toString().stripTrailing());
        }
        String middle = x.words().apply(x.at(0.5));
        String right = x.words().apply(x.at(1));
        String left = x.words().apply(x.at(0));
        int half = width / 2 - left.length() - middle.length() / 2;
        int rest = width - left.length() - Math.max(1, half) - middle.length() - right.length();
        rows.add(" ".repeat(LABEL_WIDTH + 1) + "└" + "─".repeat(width));
        rows.add(" ".repeat(LABEL_WIDTH + 2) + left + " ".repeat(Math.max(1, half)) + middle
                + " ".repeat(Math.max(1, rest)) + right + "  " + x.title());
        return rows;
    }

    /// Between two points, the straight line of the axis.
    private static double valueAt(List<LineChart.Point> points, Axis x, double place) {
        LineChart.Point before = points.getFirst();
        for (LineChart.Point point : points) {
            double to = x.place(point.x());
            if (to >= place) {
                double from = x.place(before.x());
                double share = to > from ? (place - from) / (to - from) : 1;
                return before.y() + Math.clamp(share, 0, 1) * (point.y() - before.y());
            }
            before = point;
        }
        return points.getLast().y();
    }
}
