package io.cachewright.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class DurationsTest {

    @Test
    void readsWhatPeopleWrite() {
        assertThat(Durations.parse("250ms")).contains(Duration.ofMillis(250));
        assertThat(Durations.parse("1.5s")).contains(Duration.ofMillis(1_500));
        assertThat(Durations.parse("1h30m")).contains(Duration.ofMinutes(90));
        assertThat(Durations.parse("2 d")).contains(Duration.ofDays(2));
        assertThat(Durations.parse("PT5M")).contains(Duration.ofMinutes(5));
    }

    @Test
    void refusesANumberWithoutItsUnitAndWhatIsNoDuration() {
        assertThat(Durations.parse("250")).isEmpty();
        assertThat(Durations.parse("-5s")).isEmpty();
        assertThat(Durations.parse("PT-5S")).isEmpty();
        assertThat(Durations.parse("5s later")).isEmpty();
        assertThat(Durations.parse("")).isEmpty();
        assertThat(Durations.parse("soon")).isEmpty();
    }

    @Property
    void theFormatReadsBackExactly(@ForAll @LongRange(min = 0) long nanos) {
        assertThat(Durations.parse(Durations.format(Duration.ofNanos(nanos)))).contains(Duration.ofNanos(nanos));
    }
}
