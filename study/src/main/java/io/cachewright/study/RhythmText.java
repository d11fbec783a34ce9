package io.cachewright.study;

import io.cachewright.drawing.Ink;
import io.cachewright.drawing.TextCurve;
import io.cachewright.drawing.TextPage;
import io.cachewright.drawing.Words;
import java.util.ArrayList;
import java.util.List;

/// When and how unequally keys are asked for, for a terminal.
final class RhythmText {

    private static final int SPARKS = 100;

    private final TextPage page;
    private final Ink ink;

    RhythmText(TextPage page, Ink ink) {
        this.page = page;
        this.ink = ink;
    }

    /// @param what comes in bursts: `commands`, `accesses`
    void write(String what, CaptureView.Gaps gaps, List<CaptureView.Burst> bursts, CaptureView.Timeline timeline) {
        page.line(ink.bold("Bursts") + "  gaps between " + what + ": half below "
                + Words.duration((double) gaps.p50Nanos()) + ", 99 % below "
                + Words.duration((double) gaps.p99Nanos()) + ", longest "
                + Words.duration((double) gaps.maxNanos()));
        bursts(what, bursts).writeTo(page);
        List<Double> rates = resampled(timeline.commands());
        page.line("  "
                + TextCurve.sparkline(
                        rates,
                        0,
                        rates.stream().mapToDouble(Double::doubleValue).max().orElse(1)));
        page.line("");
    }

    static StudyTable bursts(String what, List<CaptureView.Burst> bursts) {
        return StudyTable.of(
                List.of("Within", ">Most " + what, ">At", ">Mean", ">Times the mean"),
                bursts,
                burst -> List.of(
                        Words.duration(burst.widthSeconds() * 1e9),
                        Words.count(burst.peak()),
                        "+" + Words.duration(burst.atSeconds() * 1e9),
                        Words.count(burst.mean()),
                        Words.significant(burst.ratio())));
    }

    static String skew(CaptureView.Skew skew) {
        return "skew: Zipf exponent " + Words.significant(skew.exponent()) + " over the " + Words.count(skew.ranks())
                + " hottest keys, " + fit(skew.distance());
    }

    private static String fit(double distance) {
        return distance < 0.05 ? "which describes them well" : distance <= 0.1 ? "roughly" : "which does not fit well";
    }

    /// The highest of each stretch, so that no burst is smoothed away.
    private static List<Double> resampled(List<Long> commands) {
        int columns = Math.min(SPARKS, commands.size());
        List<Double> rates = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            int from = i * commands.size() / columns;
            int to = Math.max(from + 1, (i + 1) * commands.size() / columns);
            rates.add(commands.subList(from, to).stream()
                    .mapToDouble(Long::doubleValue)
                    .max()
                    .orElse(0));
        }
        return rates;
    }
}
