package io.cachewright.optimizer.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class WrittenNumberTest {

    private static int significantDigits(BigDecimal number) {
        return number.signum() == 0 ? 0 : number.stripTrailingZeros().precision();
    }

    @Property
    void significantDigitsAreThoseOfTheNumber(@ForAll BigDecimal number) {
        String plain = number.toPlainString();
        if (plain.length() <= 64) {
            assertThat(WrittenNumber.of(plain))
                    .hasValue(new WrittenNumber(plain.contains("."), significantDigits(number)));
        }
    }

    @Property
    void anExponentMakesAFractionAndNoDigits(@ForAll int mantissa, @ForAll short exponent) {
        String text = mantissa + "e" + exponent % 1_000;
        assertThat(WrittenNumber.of(text))
                .hasValue(new WrittenNumber(true, significantDigits(BigDecimal.valueOf(mantissa))));
    }

    /// What is no number for the library is none for us; the other way round there is more, such as hexadecimal ones.
    @Property
    void whatIsReadIsANumber(@ForAll String text) {
        if (WrittenNumber.of(text).isPresent()) {
            assertThat(new BigDecimal(text)).isNotNull();
        }
    }

    @Test
    void wordsAreNoNumbers() {
        for (String text : new String[] {"", "+", ".", "1.2.3", "e5", "0x10", "1e", "NaN", "--1", "1 2", "١"}) {
            assertThat(WrittenNumber.of(text)).as(text).isEmpty();
        }
    }

    @Test
    void aPriceLevelIsAPair() {
        assertThat(WrittenNumber.pair("61686.25:0.40"))
                .hasValue(new WrittenNumber.Pair(new WrittenNumber(true, 7), new WrittenNumber(true, 1)));
    }
}
