package io.cachewright.sizing.curve;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.sizing.trace.AccessShape;
import io.cachewright.sizing.trace.KeySample;
import io.cachewright.sizing.trace.PublishedTraces;
import io.cachewright.sizing.trace.SyntheticTrace;
import io.cachewright.sizing.trace.Trace;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SampledCurvesTest {

    private static final Trace ZIPF = SyntheticTrace.zipf(200_000, 0.8, 2_000_000, AccessShape.uniform(1_000, 100), 11);

    @Test
    void allKeysGiveTheExactCurve() {
        Curves curves = Curves.of(ZIPF, Weigher.entries(), 50);

        assertThat(curves.sampledLru(KeySample.all()).meanDistance(curves.exactLru()))
                .isZero();
    }

    @Test
    void aHundredthOfTheKeysIsCloseToTheExactCurve() {
        Curves curves = Curves.of(ZIPF, Weigher.entries(), 100);

        assertThat(curves.sampledLru(new KeySample(0.01)).meanDistance(curves.exactLru()))
                .isLessThan(0.01);
        assertThat(curves.sampledLru(new KeySample(0.1)).meanDistance(curves.exactLru()))
                .isLessThan(0.004);
    }

    @Test
    void aFixedNumberOfKeysIsCloseToTheExactCurve() {
        Curves curves = Curves.of(ZIPF, Weigher.entries(), 100);

        assertThat(curves.sampledLru(8_192).meanDistance(curves.exactLru())).isLessThan(0.01);
    }

    @Test
    void moreKeysThanThereAreGiveTheExactCurve() {
        Curves curves = Curves.of(ZIPF.first(100_000), Weigher.entries(), 20);

        assertThat(curves.sampledLru(1_000_000).meanDistance(curves.exactLru())).isLessThan(1e-9);
    }

    @Test
    void mostErrorsLieWithinTheirBounds() {
        Curves curves = Curves.of(ZIPF, Weigher.entries(), 100);
        MissRatioCurve exact = curves.exactLru();
        MissRatioCurve sampled = curves.sampledLru(new KeySample(0.05));

        long within = sampled.points().stream()
                .filter(point -> Math.abs(point.hitRatio() - exact.hitRatioAt(point.bytes())) <= point.errorBound())
                .count();

        assertThat(within).isGreaterThanOrEqualTo(80);
        assertThat(sampled.points())
                .allSatisfy(point -> assertThat(point.errorBound()).isBetween(1e-6, 0.05));
    }

    @Test
    void aPublishedTraceFromAHundredthOfItsKeys() {
        Trace trace = PublishedTraces.orm(AccessShape.uniform(1_000, 100)).first(2_000_000);
        Curves curves = Curves.of(trace, Weigher.entries(), 100);

        assertThat(curves.sampledLru(new KeySample(0.01)).meanDistance(curves.exactLru()))
                .isLessThan(0.02);
    }

    @Test
    void answersWhatMemoryBringsAndCosts() {
        MissRatioCurve curve = new MissRatioCurve(
                "made up",
                List.of(
                        new MissRatioCurve.Point(1L << 30, 0.5, 0),
                        new MissRatioCurve.Point(2L << 30, 0.75, 0),
                        new MissRatioCurve.Point(3L << 30, 0.75, 0)));
        HitCost cost = new HitCost(new BigDecimal("10"), new BigDecimal("1000"));

        assertThat(curve.bytesFor(0.6)).contains(2L << 30);
        assertThat(curve.bytesFor(0.9)).isEmpty();
        assertThat(curve.marginal(1L << 30))
                .containsExactly(
                        new MissRatioCurve.Step(0, 1L << 30, 0.5),
                        new MissRatioCurve.Step(1L << 30, 2L << 30, 0.25),
                        new MissRatioCurve.Step(2L << 30, 3L << 30, 0));
        // 10 a month for half of 2,629.8 million reads.
        assertThat(cost.perMillionHits(curve.points().getFirst()).orElseThrow().doubleValue())
                .isCloseTo(0.0076051, org.assertj.core.data.Offset.offset(1e-6));
        assertThat(cost.perMillionFurtherHits(curve.marginal(1L << 30).get(2))).isEmpty();
    }
}
