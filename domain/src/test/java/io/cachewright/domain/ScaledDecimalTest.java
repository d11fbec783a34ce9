package io.cachewright.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ScaledDecimalTest {

    @Property
    void parsingWhatWasPrintedGivesTheSameValue(@ForAll long unscaled, @ForAll @IntRange(max = 18) int scale) {
        ScaledDecimal value = new ScaledDecimal(unscaled, scale);
        assertThat(ScaledDecimal.parse(value.toString(), scale)).isEqualTo(value);
    }

    @Property
    void comparesAsBigDecimalDoes(
            @ForAll long a, @ForAll @IntRange(max = 18) int s, @ForAll long b, @ForAll @IntRange(max = 18) int t) {
        int expected = BigDecimal.valueOf(a, s).compareTo(BigDecimal.valueOf(b, t));
        assertThat(new ScaledDecimal(a, s).compareTo(new ScaledDecimal(b, t))).isEqualTo(expected);
    }

    @Test
    void refusesToRoundOrOverflow() {
        assertThatThrownBy(() -> ScaledDecimal.parse("1.005", 2)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> ScaledDecimal.parse("1e30", 2)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> new ScaledDecimal(Long.MAX_VALUE, 2).plus(new ScaledDecimal(1, 2)))
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> ScaledDecimal.parse("12,5", 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'12,5' is not a decimal");
    }
}
