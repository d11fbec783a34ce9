package io.cachewright.sizing.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TraceTest {

    @Test
    void siblingsAreAccessedAsTheirKeyIsUntilItsNextAccess() {
        Trace trace = new TraceBuilder("made up")
                .add(1_000, "quote:A".getBytes(StandardCharsets.UTF_8), Operation.READ, 10, 500)
                .add(1_300, "order:1234".getBytes(StandardCharsets.UTF_8), Operation.WRITE, 20, 0)
                .add(1_600, "quote:A".getBytes(StandardCharsets.UTF_8), Operation.DELETE, 30, 0)
                .build();

        Trace three = trace.withSiblings(3);

        List<Long> times = new ArrayList<>();
        List<Integer> keys = new ArrayList<>();
        for (int access = 0; access < three.length(); access++) {
            times.add(three.timeMicros(access));
            keys.add(three.key(access));
        }
        assertThat(times).containsExactly(1_000L, 1_100L, 1_200L, 1_300L, 1_400L, 1_500L, 1_600L, 1_600L, 1_600L);
        assertThat(keys).containsExactly(0, 1, 2, 3, 4, 5, 0, 1, 2);
        assertThat(three.keyNameLength(2)).isEqualTo("quote:A".length());
        assertThat(three.operation(5)).isEqualTo(Operation.WRITE);
        assertThat(three.valueBytes(5)).isEqualTo(20);
        assertThat(three.ttlMillis(1)).isEqualTo(500);
        assertThat(three.operation(8)).isEqualTo(Operation.DELETE);
    }

    @Test
    void aKeyIsAtLeastItself() {
        Trace trace =
                new TraceBuilder("made up").add(0, 1, Operation.READ, 1, 0).build();

        assertThat(trace.withSiblings(1).length()).isEqualTo(1);
        assertThatThrownBy(() -> trace.withSiblings(0)).hasMessageContaining("copies were 0");
    }
}
