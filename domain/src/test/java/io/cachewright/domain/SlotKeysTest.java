package io.cachewright.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/// F15: whether keys may be used together is known when their set is built.
class SlotKeysTest {

    /// The specification's function, bit by bit.
    private static int slot(String key) {
        int open = key.indexOf('{');
        int close = open < 0 ? -1 : key.indexOf('}', open);
        String hashed = close > open + 1 ? key.substring(open + 1, close) : key;
        int crc = 0;
        for (byte each : hashed.getBytes(StandardCharsets.UTF_8)) {
            crc ^= (each & 0xFF) << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x8000) == 0 ? crc << 1 : (crc << 1) ^ 0x1021;
            }
            crc &= 0xFFFF;
        }
        return crc % 16_384;
    }

    @Provide
    Arbitrary<List<String>> keys() {
        Arbitrary<String> key = Arbitraries.strings().withChars("ab{}:é").ofMaxLength(8);
        Arbitrary<String> tagged =
                Arbitraries.strings().withChars("ab}:").ofMaxLength(4).map(rest -> "{tag}" + rest);
        return Arbitraries.oneOf(key, tagged).list().ofMinSize(1).ofMaxSize(4);
    }

    @Property(tries = 20_000)
    void acceptsExactlyKeysOfOneSlot(@ForAll("keys") List<String> keys) {
        boolean isSound = Set.copyOf(keys).size() == keys.size()
                && keys.stream().mapToInt(SlotKeysTest::slot).distinct().count() == 1;
        Throwable refusal = catchThrowable(() -> new SlotKeys(keys));
        if (isSound) {
            assertThat(refusal).isNull();
            assertThat(new SlotKeys(keys).slot()).isEqualTo(slot(keys.getFirst()));
        } else {
            assertThat(refusal).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Provide
    Arbitrary<String> part() {
        return Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(6);
    }

    @Property
    void theWayOutThatItNamesWorks(
            @ForAll("part") String subject, @ForAll("part") String one, @ForAll("part") String other) {
        String first = "pos:" + subject + "7:" + one;
        String second = "pos:" + subject + "7:" + other + "x";
        Throwable refusal = catchThrowable(() -> SlotKeys.of(first, second));
        if (refusal != null) {
            Matcher advised = Pattern.compile("\\{([^}]+)}").matcher(refusal.getMessage());
            assertThat(advised.find()).isTrue();
            String part = advised.group(1);
            SlotKeys.of(
                    first.replaceFirst(Pattern.quote(part), "{" + part + "}"),
                    second.replaceFirst(Pattern.quote(part), "{" + part + "}"));
        }
    }

    @Test
    void namesTheSlotsAndTheWayOut() {
        assertThatThrownBy(() -> SlotKeys.of("pos:acct42:AAPL", "pos:acct42:MSFT"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pos:acct42:AAPL is of slot ")
                .hasMessageContaining("put the part that they share in braces, as in pos:{acct42}:AAPL");
        assertThatThrownBy(() -> SlotKeys.of("a", "b")).hasMessageContaining("give them a common hash tag");
        assertThatThrownBy(() -> SlotKeys.of("a", "a")).hasMessageContaining("each once");
    }
}
