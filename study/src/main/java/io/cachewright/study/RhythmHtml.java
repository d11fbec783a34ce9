package io.cachewright.study;

import io.cachewright.drawing.HeatMap;
import io.cachewright.drawing.Words;
import java.util.ArrayList;
import java.util.List;

/// When keys are asked for, on a page.
final class RhythmHtml {

    private static final int STRETCHES_PER_COLUMN = 10;

    private RhythmHtml() {}

    /// @param what comes in bursts: `commands`, `accesses`
    /// @param seconds from the first to the last
    static void write(
            String what,
            double seconds,
            List<CaptureView.Burst> bursts,
            CaptureView.Timeline timeline,
            PageWriter page) {
        page.section("Bursts")
                .drawing(heatMap(what, seconds, timeline), "At 10 ms, 100 ms and 1 s", RhythmText.bursts(what, bursts));
    }

    static String skew(CaptureView.Skew skew) {
        String clause = RhythmText.skew(skew);
        return Character.toUpperCase(clause.charAt(0)) + clause.substring(1) + ".";
    }

    private static String heatMap(String what, double seconds, CaptureView.Timeline timeline) {
        List<Long> counts = timeline.commands();
        List<double[]> columns = new ArrayList<>();
        for (int from = 0; from < counts.size(); from += STRETCHES_PER_COLUMN) {
            columns.add(counts.subList(from, Math.min(counts.size(), from + STRETCHES_PER_COLUMN)).stream()
                    .mapToDouble(Long::doubleValue)
                    .toArray());
        }
        long most = counts.stream().mapToLong(Long::longValue).max().orElse(0);
        return new HeatMap(
                        "a cell is " + Words.duration(timeline.widthSeconds() * 1e9) + ", a column "
                                + Words.duration(timeline.widthSeconds() * STRETCHES_PER_COLUMN * 1e9)
                                + " from top to bottom",
                        columns,
                        "0 s",
                        Words.duration(seconds * 1e9),
                        Words.count(most) + " " + what)
                .draw();
    }
}
