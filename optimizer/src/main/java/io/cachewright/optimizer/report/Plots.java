package io.cachewright.optimizer.report;

import io.cachewright.drawing.Bars;
import io.cachewright.drawing.Svg;
import io.cachewright.drawing.Words;
import io.cachewright.optimizer.report.ReportView.Comparison;
import io.cachewright.optimizer.report.ReportView.Family;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// The report's own plots.
final class Plots {

    private static final int ROW = 26;
    private static final int LABEL = 96;
    private static final int VALUE = 210;
    private static final int FAMILIES_DRAWN_MAX = 15;

    private Plots() {}

    /// One row a metric on its own logarithmic scale: a hollow dot before, a full dot after, and the 95 % interval of
    /// the candidate as a bar.
    static String beforeAndAfter(List<Comparison> comparisons) {
        List<Comparison> drawn = comparisons.stream()
                .filter(c -> c.baseline() > 0 && c.candidate() > 0)
                .toList();
        if (drawn.isEmpty()) {
            return "";
        }
        Svg svg = Svg.open(drawn.size() * ROW + 6, "before and after, by metric");
        double from = LABEL + 8;
        double to = Svg.WIDTH - VALUE - 8;
        for (int i = 0; i < drawn.size(); i++) {
            Comparison c = drawn.get(i);
            double lowest = Math.min(c.baseline(), Math.min(c.candidate(), c.baseline() * (1 + c.low())));
            double highest = Math.max(c.baseline(), Math.max(c.candidate(), c.baseline() * (1 + c.high())));
            // At least a factor of two of scale, so that a difference of nothing looks like nothing.
            double middle = Math.sqrt(Math.max(lowest, 1e-9) * highest);
            double low = Math.min(lowest, middle / Math.sqrt(2));
            double high = Math.max(highest, middle * Math.sqrt(2));
            double y = i * ROW + ROW / 2.0 + 3;
            double before = place(c.baseline(), low, high, from, to);
            double after = place(c.candidate(), low, high, from, to);
            double left = place(Math.max(c.baseline() * (1 + c.low()), low), low, high, from, to);
            double right = place(Math.max(c.baseline() * (1 + c.high()), low), low, high, from, to);
            svg.text(0, y + 4, c.metric().label(), "soft-text")
                    .line(from, y, to, y, "var(--line)", 1)
                    .line(left, y, right, y, "var(--after)", 7, 0.3)
                    .line(before, y, after, y, "var(--before)", 1.5)
                    .hollowDot(before, y, "var(--card)", "var(--before)")
                    .dot(after, y, "var(--after)")
                    .text(
                            Svg.WIDTH - VALUE,
                            y + 4,
                            Labels.value(c.metric(), c.baseline()) + " → " + Labels.value(c.metric(), c.candidate())
                                    + "  " + Words.change(c.change()),
                            "");
        }
        return svg.toString();
    }

    /// Memory by key family, largest first.
    static String memoryByFamily(List<Family> families) {
        return Bars.draw(
                "memory by key family",
                families.stream()
                        .filter(family -> family.bytes() > 0)
                        .sorted(Comparator.comparingLong(Family::bytes).reversed())
                        .limit(FAMILIES_DRAWN_MAX)
                        .map(family -> new Bars.Bar(family.pattern(), family.bytes(), Words.bytes(family.bytes())))
                        .toList());
    }

    /// What was checked, as one bar: found, fine, not applicable, unknown.
    static String coverage(Map<String, Long> counts) {
        long total = counts.values().stream().mapToLong(Long::longValue).sum();
        if (total == 0) {
            return "";
        }
        Svg svg = Svg.open(52, "coverage");
        double x = 0;
        Map<String, String> colours = Map.of(
                "found",
                "var(--high)",
                "healthy",
                "var(--good)",
                "not applicable",
                "var(--before)",
                "unknown",
                "var(--medium)");
        int legend = 0;
        for (String verdict : List.of("found", "healthy", "not applicable", "unknown")) {
            long count = counts.getOrDefault(verdict, 0L);
            double width = (double) Svg.WIDTH * count / total;
            String colour = colours.getOrDefault(verdict, "var(--line)");
            svg.box(x, 0, width, 18, colour)
                    .bar(legend, 30, 12, 12, colour)
                    .text(legend + 17, 41, count + " " + (verdict.equals("healthy") ? "fine" : verdict), "");
            x += width;
            legend += 175;
        }
        return svg.toString();
    }

    private static double place(double value, double low, double high, double from, double to) {
        return from + (to - from) * (Math.log(value) - Math.log(low)) / (Math.log(high) - Math.log(low));
    }
}
