package io.cachewright.domain;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ByteSizeTest {

    @Test
    void readsTheUnitsOfRedisConf() {
        assertThat(ByteSize.parse("1k")).contains(new ByteSize(1_000));
        assertThat(ByteSize.parse("1kb")).contains(new ByteSize(1_024));
        assertThat(ByteSize.parse("1.5gb")).contains(new ByteSize(1_610_612_736));
        assertThat(ByteSize.parse("many")).isEmpty();
        assertThat(ByteSize.parse("99999999999999999tb")).isEmpty();
    }

    @Property
    void theConfigFormIsExact(@ForAll @LongRange(min = 0) long bytes) {
        assertThat(ByteSize.parse(new ByteSize(bytes).toConfig())).contains(new ByteSize(bytes));
    }

    @Test
    void printsForPeople() {
        assertThat(new ByteSize(512)).hasToString("512 B");
        assertThat(new ByteSize(1_610_612_736)).hasToString("1.5 GB");
    }
}
