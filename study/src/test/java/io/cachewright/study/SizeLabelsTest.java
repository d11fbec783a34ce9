package io.cachewright.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SizeLabelsTest {

    @Test
    void sizesThatDifferAreToldInOneDigitEach() {
        assertThat(SizeLabels.of(List.of(1L << 20, 3L << 19, 1L << 30))).containsExactly("1 MB", "1.5 MB", "1 GB");
    }

    @Test
    void sizesThatLookAlikeGetMoreDigits() {
        assertThat(SizeLabels.of(List.of(1_104_096L, 1_110_000L, 1_598_000L)))
                .containsExactly("1.05 MB", "1.06 MB", "1.52 MB");
    }

    @Test
    void sizesThatNoDigitTellsApartAreStillTold() {
        assertThat(SizeLabels.of(List.of((1L << 40) + 1, (1L << 40) + 2))).containsExactly("1.0000 TB", "1.0000 TB");
    }
}
