package io.cachewright.drawing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cachewright.drawing.Treemap.Box;
import io.cachewright.drawing.Treemap.Placed;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TreemapTest {

    @Property(tries = 200)
    void areasAreInProportionAndFillTheMapWithoutOverlap(
            @ForAll @Size(min = 1, max = 40) List<@IntRange(min = 1, max = 1_000_000) Integer> sizes) {
        List<Placed> placed = Treemap.place(
                sizes.stream().map(size -> new Box("k", size, "", 0)).toList());

        double total = sizes.stream().mapToDouble(Integer::doubleValue).sum();
        assertThat(placed).hasSameSizeAs(sizes);
        for (Placed one : placed) {
            assertThat(one.width() * one.height() / 5_000).isCloseTo(one.box().size() / total, within(1e-9));
            assertThat(one.left()).isGreaterThan(-1e-6);
            assertThat(one.left() + one.width()).isLessThan(100 + 1e-6);
            assertThat(one.top() + one.height()).isLessThan(50 + 1e-6);
        }
        for (int i = 0; i < placed.size(); i++) {
            for (int j = i + 1; j < placed.size(); j++) {
                assertThat(overlap(placed.get(i), placed.get(j))).isLessThan(1e-6);
            }
        }
    }

    @Test
    void aNameIsNeverMarkup() {
        assertThat(Treemap.draw("memory", List.of(new Box("<b>\"k", 1, "1 B", 0))))
                .doesNotContain("<b>\"k")
                .contains("&lt;b&gt;&quot;k");
    }

    @Test
    void nothingIsDrawnOfNothing() {
        assertThat(Treemap.draw("memory", List.of(new Box("k", 0, "0 B", 0)))).isEmpty();
    }

    private static double overlap(Placed a, Placed b) {
        double width = Math.min(a.left() + a.width(), b.left() + b.width()) - Math.max(a.left(), b.left());
        double height = Math.min(a.top() + a.height(), b.top() + b.height()) - Math.max(a.top(), b.top());
        return width > 0 && height > 0 ? width * height : 0;
    }
}
