package io.cachewright.optimizer.prove;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.advice.Effect.Metric;
import io.cachewright.optimizer.prove.Proof.Verdict;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class JudgementTest {

    private static final int PAIRS = 40;

    @Test
    void judgesAGainThatCostsMoreElsewhereByTheLoss() {
        // A fifth of the memory for ten times the server's time.
        Judgement judgement = judge(slice(10, 1_000, 0), slice(100, 200, 0), expecting(Metric.MEMORY));

        assertThat(judgement.verdict()).isEqualTo(Verdict.WORSE);
        assertThat(judgement.reason()).contains("server time +900.0 %", "more than it gains: memory −80.0 %");
    }

    @Test
    void provesNoGainWhosePriceMayBeHigher() {
        // 3 % of the memory, for a server time that swings from −40 to +40 % from run to run.
        List<Pair> pairs = IntStream.range(0, PAIRS)
                .mapToObj(i -> new Pair(slice(10, 1_000, 0), slice(6 + 7 * i % 9, 970, 0)))
                .toList();

        assertThat(Judgement.of(pairs, expecting(Metric.MEMORY), 0.01))
                .satisfies(judgement -> assertThat(judgement.verdict()).isEqualTo(Verdict.NOT_PROVABLE_HERE))
                .satisfies(judgement -> assertThat(judgement.reason())
                        .startsWith("memory −3.0 %")
                        .contains("its price could not be bounded", "server time could still differ by"));
    }

    @Test
    void doesNotHoldAnAnnouncedPriceAgainstAChange() {
        Judgement judgement = judge(
                slice(10, 1_000, 0),
                slice(100, 200, 0),
                new Expectation(List.of(Metric.MEMORY), Set.of(Metric.SERVER_TIME)));

        assertThat(judgement.verdict()).isEqualTo(Verdict.IMPROVED);
    }

    @Test
    void findsNoDifferenceWhereNothingMoves() {
        assertThat(judge(slice(10, 1_000, 0), slice(10, 1_000, 0), expecting(Metric.SERVER_TIME)))
                .satisfies(judgement -> assertThat(judgement.verdict()).isEqualTo(Verdict.NO_DIFFERENCE))
                .satisfies(judgement -> assertThat(judgement.settled()).isTrue());
    }

    @Test
    void leavesOutLatenciesThatOurOwnLagMade() {
        Judgement judgement = judge(slice(10, 1_000, 9_000), slice(20, 1_000, 9_000), expecting(Metric.P50));

        assertThat(judgement.comparisons())
                .extracting(Proof.Comparison::metric)
                .contains(Metric.SERVER_TIME)
                .doesNotContain(Metric.P50, Metric.P99);
    }

    private static Expectation expecting(Metric metric) {
        return new Expectation(List.of(metric), Set.of());
    }

    private static Judgement judge(Slice baseline, Slice candidate, Expectation expectation) {
        List<Pair> pairs = IntStream.range(0, PAIRS)
                .mapToObj(_ -> new Pair(baseline, candidate))
                .toList();
        return Judgement.of(pairs, expectation, 0.01);
    }

    private static Slice slice(int micros, long memoryBytes, long lagNanos) {
        Histogram latency = Slice.newHistogram();
        Histogram lag = Slice.newHistogram();
        IntStream.range(0, 100).forEach(_ -> {
            latency.recordValue(1_000L * micros);
            lag.recordValue(lagNanos);
        });
        return new Slice(100, 100 * micros / 1e6, 1_000, 1_000, memoryBytes, 1e6 / micros, latency, lag);
    }
}
