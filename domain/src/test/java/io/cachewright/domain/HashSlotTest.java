package io.cachewright.domain;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

class HashSlotTest {

    @Test
    void agreesWithTheClusterSpecification() {
        // The specification's own check value: CRC16 of "123456789" is 0x31C3.
        assertThat(HashSlot.of("123456789")).isEqualTo(0x31C3);
        assertThat(HashSlot.of("foo")).isEqualTo(12_182);
        assertThat(HashSlot.of("")).isZero();
    }

    @Test
    void anEmptyTagCountsAsNoTag() {
        assertThat(HashSlot.of("foo{}{bar}")).isNotEqualTo(HashSlot.of("bar"));
        assertThat(HashSlot.of("foo{{bar}}zap")).isEqualTo(HashSlot.of("{bar"));
        assertThat(HashSlot.of("foo{bar}{zap}")).isEqualTo(HashSlot.of("bar"));
    }

    @Property
    void keysOfOneTagShareASlot(@ForAll @AlphaChars @NotEmpty String tag, @ForAll @AlphaChars String rest) {
        assertThat(HashSlot.of("md:{" + tag + "}:" + rest)).isEqualTo(HashSlot.of(tag));
    }
}
