package io.cachewright.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.cachewright.domain.InvalidInput;
import io.cachewright.sizing.trace.Operation;
import io.cachewright.sizing.trace.Trace;
import io.cachewright.sizing.trace.TraceBuilder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TraceStudyTest {

    private static final int READS_OF_THE_HOT_KEY = 900;
    private static final int QUOTES = 100;

    @Test
    void tellsWhatIsPopularHowLargeItIsAndForHowLong() {
        TraceView view = view(trace());

        assertThat(view.accesses()).isEqualTo(READS_OF_THE_HOT_KEY + 2 * QUOTES + 1);
        assertThat(List.of(view.reads(), view.writes(), view.deletes()))
                .containsExactly(READS_OF_THE_HOT_KEY + (long) QUOTES, (long) QUOTES, 1L);
        assertThat(view.keys()).isEqualTo(QUOTES + 2);
        assertThat(view.keysOnce()).isEqualTo(1);
        assertThat(view.hottest().getFirst())
                .isEqualTo(new TraceView.HotKey("top:BTCUSDT", READS_OF_THE_HOT_KEY, 900.0 / 1_101, 64));
        assertThat(view.popularity().getFirst().keys()).isEqualTo(1);
        assertThat(view.popularity().getFirst().accessShare()).isCloseTo(900.0 / 1_101, within(1e-9));
        assertThat(view.values().maxBytes()).isEqualTo(4_096);
        assertThat(view.values().keyBytes()).isEqualTo(64 + QUOTES * 200L + 4_096);
        assertThat(view.lifetimes()).isEqualTo(new TraceView.Lifetimes((double) QUOTES / view.accesses(), 60, 60, 60));
        assertThat(view.families())
                .extracting(TraceView.Family::pattern)
                .containsExactly("top:<I>", "quote:<n>", "blob");
    }

    @Test
    void aTraceWithoutAnyAccessIsRefused() {
        assertThatThrownBy(() -> view(new TraceBuilder("empty").build()))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("holds no access");
    }

    private static TraceView view(Trace trace) {
        return TraceStudy.view(trace, "accesses.csv", "access trace", List.of(), "test");
    }

    private static Trace trace() {
        TraceBuilder trace = new TraceBuilder("accesses.csv");
        long micros = 1_000_000;
        for (int i = 0; i < READS_OF_THE_HOT_KEY; i++) {
            trace.add(micros += 1_000, name("top:BTCUSDT"), Operation.READ, 64, 0);
        }
        for (int i = 0; i < QUOTES; i++) {
            trace.add(micros += 1_000, name("quote:" + i), Operation.WRITE, 200, 60_000);
            trace.add(micros += 1_000, name("quote:" + i), Operation.READ, 200, 0);
        }
        trace.add(micros + 1_000, name("blob"), Operation.DELETE, 4_096, 0);
        return trace.build();
    }

    private static byte[] name(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
