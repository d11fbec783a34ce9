package io.cachewright.drawing;

import java.util.List;
import java.util.Locale;

/// Horizontal bars, one a row, each with its name and its value. They are text of the page, so they fit a phone.
public final class Bars {

    /// So much of its room the smallest bar takes, or it could not be seen.
    private static final double PERCENT_MIN = 0.5;

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
        Html html = new Html().raw("<div class=\"bars\" aria-label=\"" + Html.escaped(label) + "\">");
        for (Bar bar : bars) {
            html.raw("<div>")
                    .element("span class=\"name\" title=\"" + Html.escaped(bar.name()) + "\"", bar.name())
                    .raw(String.format(
                            Locale.ROOT,
                            "<span class=\"track\"><i style=\"width:%.1f%%\"></i></span>",
                            bar.size() <= 0 ? 0 : Math.max(PERCENT_MIN, 100 * bar.size() / most)))
                    .element("span class=\"soft\"", bar.value())
                    .raw("</div>");
        }
        return html.raw("</div>").toString();
    }
}
