package io.cachewright.drawing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachewright.drawing.LineChart.Point;
import io.cachewright.drawing.LineChart.Series;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChartsTest {

    private static final Axis MEMORY = Axis.logarithmic("memory", 1 << 20, 1L << 30, Words::bytes);
    private static final Axis HITS = Axis.linear("hit ratio", 0, 1, Words::share);

    @Test
    void aCurveRunsFromItsFirstPointToItsLast() {
        String drawn = new LineChart(
                        "hits",
                        MEMORY,
                        HITS,
                        List.of(new Series("lru", List.of(new Point(1 << 20, 0.25), new Point(1L << 30, 1)), false)))
                .draw();
        assertThat(drawn).contains("M0.0 750.0L1000.0 0.0").contains("1 MB", "32 MB", "1 GB", "25 %", "lru");
    }

    @Test
    void anErrorBoundIsDrawnAsAnArea() {
        Series bounded =
                new Series("sampled", List.of(new Point(1 << 20, 0.5, 0.4, 0.6), new Point(1L << 30, 1)), false);
        assertThat(new LineChart("hits", MEMORY, HITS, List.of(bounded)).draw())
                .contains("fill-opacity=\"0.15\"")
                .contains("M0.0 400.0");
    }

    @Test
    void aTextCurveRisesWithItsValuesAndKeepsItsWidth() {
        List<Point> points = IntStream.rangeClosed(0, 100)
                .mapToObj(i -> new Point(i, i / 100.0))
                .toList();
        List<String> rows = TextCurve.draw(points, Axis.linear("n", 0, 100, Words::count), HITS, 60, 8);
        assertThat(rows).hasSize(10).allSatisfy(row -> assertThat(row.length()).isLessThanOrEqualTo(TextPage.WIDTH));
        assertThat(rows.getFirst()).startsWith("    100 % ┤").endsWith("⠤⠒⠉".substring(2));
        assertThat(rows.get(7)).startsWith("      0 % ┤⣀");
    }

    @Test
    void aSparklineShowsTheLowestAndTheHighest() {
        assertThat(TextCurve.sparkline(List.of(0.0, 0.5, 1.0), 0, 1)).isEqualTo("▁▅█");
        assertThat(TextCurve.sparkline(List.of(3.0, 3.0), 3, 3)).isEqualTo("▁▁");
    }

    @Test
    void anEmptyStretchIsFaintAndTheBurstIsDark() {
        String drawn = new HeatMap("rate", List.of(new double[] {0, 100}), "0 s", "1 s", "100/s").draw();
        assertThat(drawn).contains("fill-opacity=\"0.04\"").contains("fill-opacity=\"1.00\"");
        assertThat(new HeatMap("rate", List.of(new double[] {0}), "0 s", "1 s", "0/s").draw())
                .isEmpty();
    }

    @Test
    void anAxisWithoutLengthIsRefused() {
        assertThatThrownBy(() -> new Axis("t", 1, 1, false, Words::count)).hasMessageContaining("no length");
        assertThat(Axis.linear("t", 5, 5, Words::count).place(5)).isZero();
    }
}
