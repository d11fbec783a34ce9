package io.cachewright.drawing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// Sizes as areas. Boxes are laid out in shares of the room there is, so their labels stay legible on a phone.
///
/*
 * Squarified treemaps (Bruls, Huizing, van Wijk 2000): boxes are placed row by row along the shorter side of what room
 * is left; a row takes the next box as long as that makes its worst aspect ratio better.
 */
public final class Treemap {

    private static final double WIDTH = 100;

    /// As the boxes lie on a wide screen; on a narrow one they get taller.
    private static final double HEIGHT = 50;

    /// Smaller boxes hold no text.
    private static final double LABELLED_SHARE_MIN = 0.004;

    private Treemap() {}

    /// @param size its area
    /// @param words the size in words
    /// @param group boxes of one group share a colour, 0 to 7
    public record Box(String name, double size, String words, int group) {}

    /// A box and where it lies, in units of [#WIDTH] by [#HEIGHT].
    record Placed(Box box, double left, double top, double width, double height) {}

    /// Markup; empty when nothing has a size.
    ///
    /// @param label what it shows, for those who cannot see it
    public static String draw(String label, List<Box> boxes) {
        List<Placed> placed = place(boxes);
        if (placed.isEmpty()) {
            return "";
        }
        Html html = new Html().raw("<div class=\"treemap\" role=\"img\" aria-label=\"" + Html.escaped(label) + "\">");
        for (Placed one : placed) {
            html.raw(String.format(
                    Locale.ROOT,
                    "<div class=\"g%d\" style=\"left:%.3f%%;top:%.3f%%;width:%.3f%%;height:%.3f%%\" title=\"%s\">",
                    one.box().group() % 8 + 1,
                    one.left(),
                    one.top() * WIDTH / HEIGHT,
                    one.width(),
                    one.height() * WIDTH / HEIGHT,
                    Html.escaped(one.box().name() + ": " + one.box().words())));
            if (one.width() * one.height() >= LABELLED_SHARE_MIN * WIDTH * HEIGHT) {
                html.element("b", one.box().name()).element("span", one.box().words());
            }
            html.raw("</div>");
        }
        return html.raw("</div>").toString();
    }

    static List<Placed> place(List<Box> boxes) {
        List<Box> ordered = boxes.stream()
                .filter(box -> box.size() > 0)
                .sorted(Comparator.comparingDouble(Box::size).reversed())
                .toList();
        double total = ordered.stream().mapToDouble(Box::size).sum();
        List<Placed> placed = new ArrayList<>();
        double left = 0;
        double top = 0;
        double width = WIDTH;
        double height = HEIGHT;
        int next = 0;
        while (next < ordered.size()) {
            boolean isUpright = height <= width;
            double side = isUpright ? height : width;
            double scale = WIDTH * HEIGHT / total;
            int end = rowEnd(ordered, next, side, scale);
            double area = scale * sum(ordered, next, end);
            double thickness = area / side;
            double along = 0;
            for (Box box : ordered.subList(next, end)) {
                double length = scale * box.size() / thickness;
                placed.add(
                        isUpright
                                ? new Placed(box, left, top + along, thickness, length)
                                : new Placed(box, left + along, top, length, thickness));
                along += length;
            }
            if (isUpright) {
                left += thickness;
                width -= thickness;
            } else {
                top += thickness;
                height -= thickness;
            }
            next = end;
        }
        return placed;
    }

    private static int rowEnd(List<Box> boxes, int from, double side, double scale) {
        int end = from + 1;
        double worst = worst(boxes, from, end, side, scale);
        while (end < boxes.size()) {
            double next = worst(boxes, from, end + 1, side, scale);
            if (next > worst) {
                return end;
            }
            worst = next;
            end++;
        }
        return end;
    }

    /// The worst aspect ratio of a row; boxes come in order of their size, so it is the first or the last.
    private static double worst(List<Box> boxes, int from, int end, double side, double scale) {
        double area = scale * sum(boxes, from, end);
        double largest = scale * boxes.get(from).size();
        double smallest = scale * boxes.get(end - 1).size();
        return Math.max(side * side * largest / (area * area), area * area / (side * side * smallest));
    }

    private static double sum(List<Box> boxes, int from, int end) {
        return boxes.subList(from, end).stream().mapToDouble(Box::size).sum();
    }
}
