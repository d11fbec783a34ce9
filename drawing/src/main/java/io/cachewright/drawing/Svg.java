package io.cachewright.drawing;

import java.util.Locale;

/// An inline drawing, made with the page's colours so that it follows light and dark. Lengths are in its own units.
public final class Svg {

    /// Of drawings that carry text; the page scales them.
    public static final int WIDTH = 720;

    private final StringBuilder out = new StringBuilder();

    private Svg() {}

    /// A drawing of [#WIDTH] by `height`.
    ///
    /// @param label what it shows, for those who cannot see it
    public static Svg open(int height, String label) {
        return new Svg()
                .add(String.format(
                        Locale.ROOT,
                        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">",
                        WIDTH,
                        height,
                        Html.escaped(label)));
    }

    /// A drawing without text that is stretched to whatever room there is.
    static Svg stretched(double width, double height, String label) {
        return new Svg()
                .add(String.format(
                        Locale.ROOT,
                        "<svg viewBox=\"0 0 %.2f %.2f\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"%s\">",
                        width,
                        height,
                        Html.escaped(label)));
    }

    public Svg line(double x1, double y1, double x2, double y2, String colour, double width) {
        return line(x1, y1, x2, y2, colour, width, 1);
    }

    public Svg line(double x1, double y1, double x2, double y2, String colour, double width, double opacity) {
        return add(String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-width=\"%.1f\"%s/>",
                x1,
                y1,
                x2,
                y2,
                colour,
                width,
                opacity == 1 ? "" : String.format(Locale.ROOT, " stroke-opacity=\"%.1f\"", opacity)));
    }

    /// A bar with rounded corners.
    public Svg bar(double x, double y, double width, double height, String colour) {
        return add(String.format(
                Locale.ROOT,
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"3\" fill=\"%s\"/>",
                x,
                y,
                width,
                height,
                colour));
    }

    public Svg box(double x, double y, double width, double height, String colour) {
        return add(String.format(
                Locale.ROOT,
                "<rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\" fill=\"%s\"/>",
                x,
                y,
                width,
                height,
                colour));
    }

    Svg box(double x, double y, double width, double height, String colour, double opacity) {
        return add(String.format(
                Locale.ROOT,
                "<rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\" fill=\"%s\" fill-opacity=\"%.2f\"/>",
                x,
                y,
                width,
                height,
                colour,
                opacity));
    }

    public Svg hollowDot(double x, double y, String fill, String colour) {
        return add(String.format(
                Locale.ROOT,
                "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"5\" fill=\"%s\" stroke=\"%s\" stroke-width=\"2\"/>",
                x,
                y,
                fill,
                colour));
    }

    public Svg dot(double x, double y, String colour) {
        return add(String.format(Locale.ROOT, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"5\" fill=\"%s\"/>", x, y, colour));
    }

    /// @param cssClass for example `soft-text`; may be empty
    public Svg text(double x, double y, String text, String cssClass) {
        return add(String.format(
                Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" class=\"%s\">%s</text>", x, y, cssClass, Html.escaped(text)));
    }

    /// A line through points, as thick on the screen as it says, however the drawing is stretched.
    Svg path(String points, String colour, double width, String dashes) {
        return add(String.format(
                Locale.ROOT,
                "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%.1f\" stroke-dasharray=\"%s\""
                        + " vector-effect=\"non-scaling-stroke\" stroke-linejoin=\"round\"/>",
                points,
                colour,
                width,
                dashes));
    }

    /// A filled shape, half seen through.
    Svg area(String points, String colour) {
        return add(String.format(Locale.ROOT, "<path d=\"%s\" fill=\"%s\" fill-opacity=\"0.15\"/>", points, colour));
    }

    @Override
    public String toString() {
        return out + "</svg>";
    }

    private Svg add(String markup) {
        out.append(markup);
        return this;
    }
}
