package io.cachewright.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class TextPageTest {

    @Property(tries = 200)
    void aTableIsNeverWiderThanATerminal(@ForAll @AlphaChars @StringLength(min = 1, max = 400) String name) {
        String table = new TextPage(Ink.PLAIN)
                .table(List.of("Family", ">Keys"), List.of(List.of(name, "12"), List.of("md:*", "1,000,000")))
                .toString();
        assertThat(table.lines())
                .hasSize(3)
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(TextPage.WIDTH));
    }

    @Test
    void numbersStandAtTheRight() {
        String table = new TextPage(Ink.PLAIN)
                .table(List.of("Family", ">Keys"), List.of(List.of("a", "1"), List.of("b", "1,000")))
                .toString();
        assertThat(table).isEqualTo("  Family   Keys\n  a           1\n  b       1,000\n");
    }

    @Test
    void aParagraphIsWrappedBetweenWordsBesideItsLabel() {
        String text = new TextPage(Ink.COLOURED)
                .paragraph("Why", "word ".repeat(40).strip())
                .toString();
        assertThat(text.lines())
                .hasSize(2)
                .allSatisfy(line -> assertThat(Ink.visibleLength(line)).isLessThanOrEqualTo(TextPage.WIDTH));
    }
}
