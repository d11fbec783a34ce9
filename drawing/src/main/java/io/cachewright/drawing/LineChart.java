package io.cachewright.drawing;

import java.util.List;
import java.util.Locale;

/// Curves over two axes. Labels are text of the page, so they stay legible on a phone while the drawing shrinks.
///
/// @param label what it shows, for those who cannot see it
public record LineChart(String label, Axis x, Axis y, List<Series> series) {

    private static final int COLOURS = 8;
    private static final int X_TICKS = 5;
    private static final int Y_TICKS = 5;
    private static final double SIZE = 1000;

    /// @param points in order of x
    /// @param isDashed for what is only there to compare with
    public record Series(String name, List<Point> points, boolean isDashed) {
        public Series {
            points = List.copyOf(points);
        }
    }

    /// @param low lower end of its error bound; the same as `y` when it has none
    public record Point(double x, double y, double low, double high) {
        public Point(double x, double y) {
            this(x, y, y, y);
        }
    }

    public LineChart {
        series = List.copyOf(series);
    }

    /// Markup, with a legend.
    public String draw() {
        Svg svg = Svg.stretched(SIZE, SIZE, label);
        Html html = new Html().raw("<figure class=\"chart\"><div class=\"canvas\">");
        for (double place : y.ticks(Y_TICKS)) {
            svg.path(String.format(Locale.ROOT, "M0 %1$.1f H%2$.1f", SIZE * (1 - place), SIZE), "var(--line)", 1, "");
            html.element(
                    String.format(Locale.ROOT, "span class=\"y\" style=\"bottom:%.1f%%\"", 100 * place),
                    y.words().apply(y.at(place)));
        }
        for (double place : x.ticks(X_TICKS)) {
            html.element(
                    String.format(Locale.ROOT, "span class=\"x\" style=\"left:%.1f%%\"", 100 * place),
                    x.words().apply(x.at(place)));
        }
        for (int i = 0; i < series.size(); i++) {
            draw(svg, series.get(i), colour(i));
        }
        html.raw(svg.toString()).raw("</div><figcaption>");
        html.element("span class=\"soft\"", y.title() + " by " + x.title());
        for (int i = 0; i < series.size(); i++) {
            html.raw("<span><i class=\"" + (series.get(i).isDashed() ? "dashed" : "full") + "\" style=\"color:"
                            + colour(i) + "\"></i>")
                    .text(series.get(i).name())
                    .raw("</span>");
        }
        return html.raw("</figcaption></figure>").toString();
    }

    private static String colour(int number) {
        return "var(--s" + (number % COLOURS + 1) + ")";
    }

    private void draw(Svg svg, Series line, String colour) {
        if (line.points().isEmpty()) {
            return;
        }
        boolean isBounded = line.points().stream().anyMatch(point -> point.high() > point.low());
        if (isBounded) {
            StringBuilder area = new StringBuilder();
            line.points().forEach(point -> append(area, point.x(), point.high()));
            line.points().reversed().forEach(point -> append(area, point.x(), point.low()));
            svg.area(area.append('Z').toString(), colour);
        }
        StringBuilder path = new StringBuilder();
        line.points().forEach(point -> append(path, point.x(), point.y()));
        svg.path(path.toString(), colour, line.isDashed() ? 1.5 : 2.5, line.isDashed() ? "5 4" : "");
    }

    private void append(StringBuilder path, double px, double py) {
        path.append(path.isEmpty() ? 'M' : 'L')
                .append(String.format(Locale.ROOT, "%.1f %.1f", SIZE * x.place(px), SIZE * (1 - y.place(py))));
    }
}
