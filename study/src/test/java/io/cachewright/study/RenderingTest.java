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
        assertThat(Rendering.html(SampleViews.size(evil))).doesNotContain("<script");
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
}
