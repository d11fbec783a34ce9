package io.cachewright.sizing.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.sizing.trace.Operation;
import io.cachewright.sizing.trace.Trace;
import io.cachewright.sizing.trace.TraceBuilder;
import io.cachewright.sizing.whatif.TtlWhatIf.Outcome;
import io.cachewright.sizing.whatif.TtlWhatIf.Writes;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class TtlWhatIfTest {

    private static final long SECOND = 1_000_000;

    @Test
    void countsHitsAndExpiries() {
        Trace trace = new TraceBuilder("made up")
                .add(0, 1, Operation.READ, 10, 5_000)
                .add(4 * SECOND, 1, Operation.READ, 10, 5_000)
                .add(6 * SECOND, 1, Operation.READ, 10, 5_000)
                .add(20 * SECOND, 2, Operation.READ, 10, 0)
                .build();

        Outcome outcome = TtlWhatIf.of(trace, new TtlRule.AsTraced(), Writes.STORED);

        assertThat(outcome.hitRatio()).isEqualTo(0.25);
        assertThat(outcome.expiries()).isEqualTo(2);
        assertThat(outcome.expiriesPerSecondMax()).isEqualTo(1);
    }

    @Test
    void aWriteThatTheCacheDoesNotSeeMakesReadsStaleUntilTheValueExpires() {
        Trace trace = new TraceBuilder("made up")
                .add(0, 1, Operation.READ, 10, 0)
                .add(2 * SECOND, 1, Operation.WRITE, 10, 0)
                .add(3 * SECOND, 1, Operation.READ, 10, 0)
                .add(8 * SECOND, 1, Operation.READ, 10, 0)
                .add(11 * SECOND, 1, Operation.READ, 10, 0)
                .build();

        Outcome outcome = TtlWhatIf.of(trace, new TtlRule.Fixed(Duration.ofSeconds(10)), Writes.UNSEEN);

        assertThat(outcome.staleReadShare()).isEqualTo(0.5);
        assertThat(outcome.staleMean()).isEqualTo(Duration.ofMillis(3_500));
        assertThat(outcome.staleMax()).isEqualTo(Duration.ofSeconds(6));
        assertThat(TtlWhatIf.of(trace, new TtlRule.Fixed(Duration.ofSeconds(10)), Writes.STORED)
                        .staleReadShare())
                .isZero();
    }

    @Test
    void jitterSpreadsABurst() {
        Trace trace = Bursts.loadedTogether(10_000, 60_000);

        Outcome together = TtlWhatIf.of(trace, new TtlRule.AsTraced(), Writes.STORED);
        Outcome spread = TtlWhatIf.of(trace, new TtlRule.Jittered(new TtlRule.AsTraced(), 0.2), Writes.STORED);

        assertThat(together.expiriesPerSecondMax()).isEqualTo(10_000);
        // A fifth of 60 s is 12 s, so about 833 a second.
        assertThat(spread.expiriesPerSecondMax()).isBetween(800L, 950L);
        assertThat(spread.expiries()).isEqualTo(10_000);
    }
}
