package io.cachewright.optimizer.report;

import io.cachewright.optimizer.report.ReportView.Comparison;
import io.cachewright.optimizer.report.ReportView.Family;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The report's plots as inline SVG, drawn with the page's colours so that they follow light and dark.
final class Plots {

    private static final int WIDTH = 720;
    private static final int ROW = 26;
    private static final int LABEL = 96;
    private static final int VALUE = 210;

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
        int height = drawn.size() * ROW + 6;
        StringBuilder svg = open(height, "before and after, by metric");
        double from = LABEL + 8;
        double to = WIDTH - VALUE - 8;
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
            svg.append(text(0, y + 4, c.metric().label(), "soft-text"))
                    .append(line(from, y, to, y, "var(--line)", 1))
                    .append(line(left, y, right, y, "var(--after)", 7).replace("/>", " stroke-opacity=\"0.3\"/>"))
                    .append(line(before, y, after, y, "var(--before)", 1.5))
                    .append(String.format(
                            Locale.ROOT,
                            "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"5\" fill=\"var(--card)\" stroke=\"var(--before)\" stroke-width=\"2\"/>",
                            before,
                            y))
                    .append(String.format(
                            Locale.ROOT, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"5\" fill=\"var(--after)\"/>", after, y))
                    .append(text(
                            WIDTH - VALUE,
                            y + 4,
                            Words.value(c.metric(), c.baseline()) + " → " + Words.value(c.metric(), c.candidate())
                                    + "  " + Words.change(c.change()),
                            ""));
        }
        return svg.append("</svg>").toString();
    }

    /// Memory by key family, largest first.
    static String memoryByFamily(List<Family> families) {
        List<Family> drawn = families.stream()
                .filter(family -> family.bytes() > 0)
                .sorted(java.util.Comparator.comparingLong(Family::bytes).reversed())
                .limit(15)
                .toList();
        if (drawn.isEmpty()) {
            return "";
        }
        long most = drawn.getFirst().bytes();
        int label = 250;
        StringBuilder svg = open(drawn.size() * ROW + 6, "memory by key family");
        for (int i = 0; i < drawn.size(); i++) {
            Family family = drawn.get(i);
            double y = i * ROW + 4;
            double width = Math.max(2, (WIDTH - label - 100.0) * family.bytes() / most);
            svg.append(text(0, y + 14, shortened(family.pattern(), 36), ""))
                    .append(String.format(
                            Locale.ROOT,
                            "<rect x=\"%d\" y=\"%.1f\" width=\"%.1f\" height=\"16\" rx=\"3\" fill=\"var(--after)\"/>",
                            label,
                            y + 1,
                            width))
                    .append(text(label + width + 6, y + 14, Words.bytes(family.bytes()), "soft-text"));
        }
        return svg.append("</svg>").toString();
    }

    /// What was checked, as one bar: found, fine, not applicable, unknown.
    static String coverage(Map<String, Long> counts) {
        long total = counts.values().stream().mapToLong(Long::longValue).sum();
        if (total == 0) {
            return "";
        }
        StringBuilder svg = open(52, "coverage");
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
            double width = (double) WIDTH * count / total;
            String colour = colours.getOrDefault(verdict, "var(--line)");
            svg.append(String.format(
                            Locale.ROOT,
                            "<rect x=\"%.1f\" y=\"0\" width=\"%.1f\" height=\"18\" fill=\"%s\"/>",
                            x,
                            width,
                            colour))
                    .append(String.format(
                            Locale.ROOT,
                            "<rect x=\"%d\" y=\"30\" width=\"12\" height=\"12\" rx=\"2\" fill=\"%s\"/>",
                            legend,
                            colour))
                    .append(text(legend + 17, 41, count + " " + (verdict.equals("healthy") ? "fine" : verdict), ""));
            x += width;
            legend += 175;
        }
        return svg.append("</svg>").toString();
    }

    private static StringBuilder open(int height, String label) {
        return new StringBuilder(String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">",
                WIDTH,
                height,
                Html.escaped(label)));
    }

    private static double place(double value, double low, double high, double from, double to) {
        return from + (to - from) * (Math.log(value) - Math.log(low)) / (Math.log(high) - Math.log(low));
    }

    private static String line(double x1, double y1, double x2, double y2, String colour, double width) {
        return String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-width=\"%.1f\"/>",
                x1,
                y1,
                x2,
                y2,
                colour,
                width);
    }

    private static String text(double x, double y, String text, String cssClass) {
        return String.format(
                Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" class=\"%s\">%s</text>", x, y, cssClass, Html.escaped(text));
    }

    private static String shortened(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length - 1) + "…";
    }
}
