package io.cachewright.optimizer.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachewright.domain.InvalidInput;
import io.cachewright.optimizer.report.Renderer.Format;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RendererTest {

    @Test
    void theSameReportIsReadBackFromItsJson() {
        ReportView view = SampleReport.withOneOfEverything();
        String json = Renderer.render(view, Format.JSON, false);
        assertThat(JsonReport.read(json, "report.json")).isEqualTo(view);
    }

    @Property(tries = 200)
    void aReportCutShortIsRefusedInOneLine(@ForAll int where) {
        String json = Renderer.render(SampleReport.withOneOfEverything(), Format.JSON, false)
                .strip();
        String cut = json.substring(0, Math.floorMod(where, json.length()));
        assertThatThrownBy(() -> JsonReport.read(cut, "report.json"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith("report.json: ")
                .hasMessageNotContaining("\n");
    }

    @Test
    void aReportOfANewerVersionIsRefused() {
        assertThatThrownBy(() -> JsonReport.read("{\"formatVersion\": 99}", "report.json"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("newer Cachewright (format 99");
    }

    @Test
    void theTextShowsEveryPartOfARecommendation() {
        String text = Renderer.render(SampleReport.withOneOfEverything(), Format.TEXT, false);
        assertThat(text)
                .contains("Order books are rewritten whole on every tick")
                .contains("Seen", "Change", "Expect", "Proof", "Costs", "Undo")
                .contains("p99 1.92 ms → 307 µs (−84 %, 95 % interval −86 % … −81 %, 12 pairs)")
                .contains("hash-max-listpack-entries: 512 → 64   restart not needed")
                .contains("1 change recommended")
                .contains("Withdrawn its proof says worse")
                .contains("How old may a book be")
                .contains("4 judgements: 1 found, 1 fine, 1 not applicable, 1 unknown")
                .doesNotContain("\u001b");
    }

    @Test
    void noLineOfTheTextIsWiderThanATerminal() {
        String text = Renderer.render(SampleReport.withOneOfEverything(), Format.TEXT, false);
        assertThat(text.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(120));
    }

    @Test
    void coloursDoNotChangeTheWords() {
        ReportView view = SampleReport.withOneOfEverything();
        String coloured = Renderer.render(view, Format.TEXT, true);
        assertThat(coloured).contains("\u001b[");
        assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(Renderer.render(view, Format.TEXT, false));
    }

    @Property(tries = 300)
    void whatComesFromAServerIsNeverMarkup(@ForAll String name) {
        String page = Renderer.render(SampleReport.titled("<script>" + name + "\"'</dd>"), Format.HTML, false);
        assertThat(page).doesNotContain("<script").contains("&lt;script&gt;");
    }

    @Test
    void thePageNeedsNoNetworkAndNoScript() {
        String page = Renderer.render(SampleReport.withOneOfEverything(), Format.HTML, false);
        assertThat(page)
                .doesNotContain("http://", "https://", "<script", "<link", "@import", "url(")
                .contains("prefers-color-scheme: dark", "name=\"viewport\"", "<svg");
    }
}
