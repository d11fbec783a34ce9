package io.cachewright.capture.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ArgumentsTest {

    @Test
    void wordsAreComparedInAnyCase() {
        Arguments arguments = Arguments.of("seT", "Key", "1");
        assertThat(arguments.is(0, "SET")).isTrue();
        assertThat(arguments.is(0, "SE")).isFalse();
        assertThat(arguments.is(9, "SET")).isFalse();
        assertThat(arguments.find("KEY", 1)).isEqualTo(1);
        assertThat(arguments.find("KEY", 2)).isEqualTo(-1);
    }

    @Test
    void numbersAreDecimalIntegersThatFit() {
        Arguments arguments = Arguments.of("12", "-7", "", "-", "9223372036854775807", "9223372036854775808", "1.5");
        assertThat(arguments.number(0, -99)).isEqualTo(12);
        assertThat(arguments.number(1, -99)).isEqualTo(-7);
        assertThat(arguments.number(4, -99)).isEqualTo(Long.MAX_VALUE);
        for (int i : new int[] {2, 3, 5, 6, 7}) {
            assertThat(arguments.number(i, -99)).isEqualTo(-99);
        }
    }

    @Test
    void theBytesOnTheWireAreThoseOfTheUsualEncoding() {
        assertThat(Arguments.of("SET", "k", "0123456789").wireBytes())
                .isEqualTo("*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$10\r\n0123456789\r\n".length());
    }

    @Test
    void valuesAreNoPartOfAMessage() {
        assertThat(Arguments.of("AUTH", "hunter2")).hasToString("AUTH with 1 arguments");
    }

    @Property
    void whatIsCutKeepsItsBeginningAndItsTrueLength(
            @ForAll @Size(max = 12) List<byte[]> arguments,
            @ForAll @IntRange(min = 1, max = 20) int argumentMax,
            @ForAll @IntRange(min = 0, max = 60) int more,
            @ForAll @IntRange(min = 1, max = 7) int piece) {
        int commandMax = argumentMax + more;
        Arguments.Builder builder = new Arguments.Builder(argumentMax, commandMax);
        Arguments whole = Arguments.ofBytes(arguments);
        for (int round = 0; round < 2; round++) {
            for (byte[] argument : arguments) {
                for (int i = 0; i < argument.length; i += piece) {
                    builder.append(argument, i, Math.min(piece, argument.length - i));
                }
                builder.end();
            }
            Arguments cut = builder.build();
            List<byte[]> kept = new ArrayList<>();
            int total = 0;
            for (int i = 0; i < cut.count(); i++) {
                kept.add(cut.bytes(i));
                total += cut.keptLength(i);
                assertThat(cut.length(i)).isEqualTo(arguments.get(i).length);
                assertThat(cut.keptLength(i)).isLessThanOrEqualTo(argumentMax);
                assertThat(Arrays.copyOf(arguments.get(i), cut.keptLength(i))).isEqualTo(cut.bytes(i));
            }
            assertThat(kept).hasSameSizeAs(arguments);
            assertThat(total).isLessThanOrEqualTo(commandMax);
            assertThat(cut.wireBytes()).isEqualTo(whole.wireBytes());
        }
    }
}
