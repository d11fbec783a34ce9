package io.cachewright.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.drawing.Ink;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RenderingTest {

    static List<View> views() {
        return SampleViews.all();
    }

    @ParameterizedTest
    @MethodSource("views")
    void noLineIsWiderThanATerminal(View view) {
        assertThat(Rendering.text(view, Ink.PLAIN).lines())
                .allSatisfy(line -> assertThat(line.length()).as(line).isLessThanOrEqualTo(120));
    }

    @ParameterizedTest
    @MethodSource("views")
    void coloursDoNotChangeTheWords(View view) {
        String coloured = Rendering.text(view, Ink.COLOURED);
        assertThat(coloured).contains("\u001b[");
        assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(Rendering.text(view, Ink.PLAIN));
    }

    @ParameterizedTest
    @MethodSource("views")
    void aPageNeedsNoNetworkAndNoScript(View view) {
        assertThat(Rendering.html(view))
                .doesNotContain("http://", "https://", "<script", "<link", "@import", "url(")
                .contains("prefers-color-scheme: dark", "name=\"viewport\"");
    }

    @Property(tries = 100)
    void whatComesFromAFileIsNeverMarkup(@ForAll String name) {
        String evil = "<script>" + name + "\"'</dd>";
        for (View view : List.of(
                SampleViews.snapshot(evil),
                SampleViews.capture(evil),
                SampleViews.trace(evil),
                SampleViews.size(evil),
                SampleViews.snapshotSize(evil))) {
            assertThat(Rendering.html(view)).doesNotContain("<script");
        }
    }

    @Test
    void aSizingTellsWhatNeedsNoMemoryAtAllToBeSaid() {
        String text = Rendering.text(SampleViews.size("quote:<I>"), Ink.PLAIN);
        assertThat(text)
                .contains("Memory for a hit ratio of 96.0 %")
                .contains("not reached")
                .contains("S3-FIFO *")
                .contains("no hits");
    }

    @Test
    void aDeepBookInAListpackIsToldWithItsPrice() {
        String text = Rendering.text(SampleViews.snapshotSize("book:<n>"), Ink.PLAIN);
        assertThat(text)
                .contains("hash-max-listpack-entries 512 → 2048")
                .contains("saves 3.8 MB over about 40 keys (−67 %")
                .contains("HGET one field: slower, 0.90 µs → 9 µs of the server (+900 %, +850 % … +960 %)")
                .contains("saves memory; slower: HGET one field");
    }

    @Test
    void anAntiPatternIsToldWithItsSequenceAndItsCost() {
        String text = Rendering.text(SampleViews.capture("md:{BTCUSDT}:l2"), Ink.PLAIN);
        assertThat(text)
                .contains("B6  whole books are rewritten on every tick")
                .contains("683.6 KB on the wire that need not be")
                .contains("10.0.0.7:1 SET md:{BTCUSDT}:l2 {…}");
    }
}
