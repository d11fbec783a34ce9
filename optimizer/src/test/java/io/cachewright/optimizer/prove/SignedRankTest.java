package io.cachewright.optimizer.prove;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cachewright.optimizer.prove.SignedRank.Interval;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SignedRankTest {

    private static final int SIMULATIONS = 4_000;

    @Test
    void leavesOutAsManyMeansAsThePublishedTablesSay() {
        // Two-sided 5 % critical values of the signed-rank test: 0 for 6 pairs, 8 for 10, 13 for 12, 52 for 20.
        assertThat(SignedRank.cut(6, 0.05)).isZero();
        assertThat(SignedRank.cut(10, 0.05)).isEqualTo(8);
        assertThat(SignedRank.cut(12, 0.05)).isEqualTo(13);
        assertThat(SignedRank.cut(20, 0.05)).isEqualTo(52);
    }

    @Test
    void isSureOfNothingWithTooFewPairs() {
        assertThat(SignedRank.interval(new double[] {1, 2, 3, 4, 5}, 0.05)).isEmpty();
    }

    @Test
    void coversTheTruthAsOftenAsItSaysWhateverTheNoise() {
        assertThat(coverage(12, SplittableRandom::nextGaussian)).isBetween(0.93, 0.97);
        assertThat(coverage(40, SplittableRandom::nextGaussian)).isBetween(0.93, 0.97);
        // One run in ten is disturbed ten times as much.
        ToDoubleFunction<SplittableRandom> disturbed =
                random -> random.nextGaussian() * (random.nextInt(10) == 0 ? 10 : 1);
        assertThat(coverage(12, disturbed)).isBetween(0.93, 0.97);
        assertThat(coverage(40, disturbed)).isBetween(0.93, 0.97);
        // The difference of two runs whose noise only ever adds time.
        ToDoubleFunction<SplittableRandom> slowness = random -> Math.log(1 - Math.log(1 - random.nextDouble()));
        ToDoubleFunction<SplittableRandom> skewed = random -> {
            double before = slowness.applyAsDouble(random);
            return slowness.applyAsDouble(random) - before;
        };
        assertThat(coverage(40, skewed)).isBetween(0.93, 0.97);
    }

    @Property(tries = 200)
    void movesWithTheDifferences(
            @ForAll @Size(12) List<@DoubleRange(min = -1, max = 1) Double> values,
            @ForAll @DoubleRange(min = -5, max = 5) double shift) {
        double[] differences = array(values);
        double[] shifted = IntStream.range(0, differences.length)
                .mapToDouble(i -> differences[i] + shift)
                .toArray();
        Interval before = SignedRank.interval(differences, 0.05).orElseThrow();
        Interval after = SignedRank.interval(shifted, 0.05).orElseThrow();

        assertThat(after.estimate()).isCloseTo(before.estimate() + shift, within(1e-9));
        assertThat(after.low()).isCloseTo(before.low() + shift, within(1e-9));
        assertThat(before.low()).isLessThanOrEqualTo(before.estimate());
        assertThat(before.estimate()).isLessThanOrEqualTo(before.high());
    }

    @Property(tries = 100)
    void isHardlyMovedByOneWildRun(@ForAll @Size(12) List<@DoubleRange(min = -1, max = 1) Double> values) {
        double[] wild = array(values);
        wild[0] = 1_000;

        assertThat(SignedRank.interval(wild, 0.05).orElseThrow().estimate()).isBetween(-1.0, 1.0);
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double coverage(int pairs, ToDoubleFunction<SplittableRandom> noise) {
        SplittableRandom random = new SplittableRandom(20_260_101);
        long covered = IntStream.range(0, SIMULATIONS)
                .filter(_ -> {
                    double[] differences = IntStream.range(0, pairs)
                            .mapToDouble(_ -> noise.applyAsDouble(random))
                            .toArray();
                    Interval interval = SignedRank.interval(differences, 0.05).orElseThrow();
                    return interval.low() <= 0 && 0 <= interval.high();
                })
                .count();
        return (double) covered / SIMULATIONS;
    }
}
