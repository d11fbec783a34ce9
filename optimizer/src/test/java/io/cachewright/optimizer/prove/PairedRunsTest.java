package io.cachewright.optimizer.prove;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cachewright.optimizer.advice.Effect.Metric;
import io.cachewright.optimizer.prove.PairedRuns.Outcome;
import io.cachewright.optimizer.prove.Proof.Comparison;
import io.cachewright.optimizer.prove.Proof.Verdict;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PairedRunsTest {

    /// What runs on a quiet machine scatter by.
    private static final double NOISE = 0.03;

    private static final Expectation SERVER_TIME = new Expectation(List.of(Metric.SERVER_TIME), Set.of());

    @Test
    void findsNoDifferenceBetweenAThingAndItself() {
        long right = LongStream.range(0, 200)
                .filter(seed -> verdict(seed, 1, NOISE) == Verdict.NO_DIFFERENCE)
                .count();

        assertThat(right).isGreaterThanOrEqualTo(196);
    }

    @Test
    void staysHonestWhereRunsScatterALot() {
        long right = LongStream.range(0, 200)
                .filter(seed -> verdict(seed, 1, 0.3) == Verdict.NO_DIFFERENCE)
                .count();

        assertThat(right).isGreaterThanOrEqualTo(192);
    }

    @Test
    void findsARealChangeOfFivePercentInEitherDirection() {
        long worse = LongStream.range(0, 100)
                .filter(seed -> verdict(seed, 1.05, NOISE) == Verdict.WORSE)
                .count();
        long improved = LongStream.range(0, 100)
                .filter(seed -> verdict(seed, 1 / 1.05, NOISE) == Verdict.IMPROVED)
                .count();

        assertThat(worse).isGreaterThanOrEqualTo(95);
        assertThat(improved).isGreaterThanOrEqualTo(95);
    }

    @Test
    void callsATrivialDifferenceNone() {
        long none = LongStream.range(0, 100)
                .filter(seed -> verdict(seed, 1.01, NOISE / 2) == Verdict.NO_DIFFERENCE)
                .count();

        assertThat(none).isGreaterThanOrEqualTo(95);
    }

    @Test
    void coversTheTruthWheneverItStops() {
        long covered = LongStream.range(0, 200)
                .mapToObj(seed -> compare(seed, 0.9, 0.1).judgement().comparisons())
                .filter(comparisons -> comparisons.stream()
                        .filter(comparison -> comparison.metric() == Metric.SERVER_TIME)
                        .allMatch(PairedRunsTest::holdsTenPercentLess))
                .count();

        assertThat(covered / 200.0).isGreaterThanOrEqualTo(0.95);
    }

    @Test
    void stopsEarlyWhenTheCaseIsClear() {
        assertThat(compare(1, 0.2, NOISE).pairs()).isLessThan(Looks.pairsMax());
    }

    @Test
    void endsWhenTheTimeIsUp() {
        Outcome outcome = new PairedRuns(1, () -> 10).compare(arm(1, 1, 0.3), arm(2, 1, 0.3), SERVER_TIME, 5);

        assertThat(outcome.pairs()).isLessThan(20);
    }

    @Test
    void spendsFivePercentOfErrorInAll() {
        assertThat(Looks.alphaLeftAt(Looks.pairsMax()))
                .isCloseTo(Looks.alphaAt(Looks.pairsMax()).orElseThrow(), within(1e-12));
    }

    private static boolean holdsTenPercentLess(Comparison comparison) {
        return comparison.low() <= -0.1 && -0.1 <= comparison.high();
    }

    private static Verdict verdict(long seed, double factor, double noise) {
        return compare(seed, factor, noise).judgement().verdict();
    }

    private static Outcome compare(long seed, double factor, double noise) {
        return new PairedRuns(seed, () -> 0)
                .compare(arm(2 * seed, 1, noise), arm(2 * seed + 1, factor, noise), SERVER_TIME, 1);
    }

    private static Arm arm(long seed, double factor, double noise) {
        return new FakeArm(seed, factor, noise);
    }
}
