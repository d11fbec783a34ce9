package io.cachewright.sizing.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.cachewright.sizing.trace.AccessShape;
import io.cachewright.sizing.trace.KeySample;
import io.cachewright.sizing.trace.Operation;
import io.cachewright.sizing.trace.SyntheticTrace;
import io.cachewright.sizing.trace.Trace;
import io.cachewright.sizing.trace.TraceBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What a hundredth of the keys says, against what the model says with all of them; [EvictionPredictionTest] holds both
/// against a real server.
final class SampledEstimateTest {

    private static final KeySample HUNDREDTH = new KeySample(0.01);
    private static final double POINTS_OFF_MAX = 1.5;
    private static final double WITHIN_MIN = 0.99;
    private static final int SEEDS = 10;
    private static final double FULL_SPEED = 100_000;

    private static final ServerTraits TRAITS = ServerTraits.redis70();

    @Test
    void aHundredthOfTheKeysIsWithinAPointAndAHalfInTheSmallestCaches() {
        List<PredictedTrace> smallest = PredictedTrace.all().stream()
                .map(trace -> new PredictedTrace(
                        trace.name(), trace.trace(), trace.shares().subList(0, 1)))
                .toList();
        assertThat(shareWithin(POINTS_OFF_MAX, off(Estimator.TWINS, rows(smallest, ReplayClock.traceTime()), 1)))
                .isEqualTo(1);
    }

    @Test
    @Tag("long")
    void nearlyEverySampleOfAHundredthIsWithinAPointAndAHalfInTraceTime() throws IOException {
        compare(ReplayClock.traceTime(), "in-trace-time");
    }

    @Test
    @Tag("long")
    void nearlyEverySampleOfAHundredthIsWithinAPointAndAHalfAtFullSpeed() throws IOException {
        compare(ReplayClock.fullSpeed(FULL_SPEED), "at-full-speed");
    }

    @Test
    void allKeysAsASampleAreTheTraceItself() {
        Trace trace = SyntheticTrace.zipf(2_000, 0.9, 40_000, AccessShape.uniform(1_000, 100), 3);
        ModelledServer server = new ModelledServer(TRAITS, EvictionPolicy.ALLKEYS_LRU, TRAITS.baselineBytes() + 60_000);
        SampledEstimate estimate = server.estimate(TraceSample.of(trace, KeySample.all()), ReplayClock.traceTime());
        assertThat(estimate.keyShare()).isEqualTo(1);
        assertThat(estimate.scale()).isEqualTo(1);
        assertThat(estimate.hitRatio())
                .isCloseTo(server.replay(trace, ReplayClock.traceTime()).hitRatio(), within(0.005));
    }

    @Test
    void twinsAreAsManyAsTheKeysAndAccessesThatTheyStandFor() {
        Trace trace = SyntheticTrace.zipf(20_000, 0.9, 200_000, AccessShape.uniform(1_000, 100), 3);
        TraceSample sample = TraceSample.of(trace, HUNDREDTH);
        assertThat((double) sample.keyCount()).isCloseTo(trace.keyCount() / 100.0, within(20.0));
        Trace crowd = sample.crowd(1);
        assertThat(crowd.keyCount()).isEqualTo(trace.keyCount());
        assertThat((double) crowd.length()).isCloseTo(trace.length(), within(trace.length() * 0.1));
        assertThat((double) sample.crowd(0.25).keyCount()).isCloseTo(trace.keyCount() / 4.0, within(1.0));
    }

    @Test
    void aSampleOfAFewKeysAndOfWritesAloneSaysWhatThereIs() {
        TraceBuilder builder = new TraceBuilder("a few");
        for (int i = 0; i < 30; i++) {
            byte[] name = ("k:" + i % 3).getBytes(StandardCharsets.UTF_8);
            builder.add(i * 1_000L, name, Operation.WRITE, 10, 0);
        }
        Trace writes = builder.build();
        ModelledServer server = new ModelledServer(TRAITS, EvictionPolicy.ALLKEYS_LFU, 0);
        SampledEstimate estimate = server.estimate(TraceSample.of(writes, HUNDREDTH), ReplayClock.traceTime());
        assertThat(estimate.hitRatio()).isZero();
        assertThat(estimate.keys()).isEqualTo(1);
    }

    @Test
    void refusesAnEmptyTrace() {
        assertThatThrownBy(() -> TraceSample.of(new TraceBuilder("nothing").build(), HUNDREDTH))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nothing: 0 accesses");
    }

    /// The share of errors, in points, that are at most `max`.
    static double shareWithin(double max, List<Double> pointsOff) {
        return (double) pointsOff.stream().filter(off -> Math.abs(off) <= max).count() / pointsOff.size();
    }

    private static void compare(ReplayClock clock, String name) throws IOException {
        List<SampledRow> rows = rows(PredictedTrace.all(), clock);
        List<String> lines = new ArrayList<>();
        lines.add("| From a sample | Runs off by more than 1.5 points | Rows with one | Greatest | Root mean square |");
        lines.add("|---|---|---|---|---|");
        for (Estimator estimator : Estimator.values()) {
            lines.add(line(estimator, rows));
        }
        Files.write(Path.of("target", "sampled-estimates-" + name + ".md"), lines);
        assertThat(shareWithin(POINTS_OFF_MAX, off(Estimator.TWINS, rows, SEEDS)))
                .as(String.join("\n", lines))
                .isGreaterThanOrEqualTo(WITHIN_MIN);
    }

    private static String line(Estimator estimator, List<SampledRow> rows) {
        List<Double> all = new ArrayList<>();
        int rowsOff = 0;
        for (SampledRow row : rows) {
            List<Double> off = off(estimator, List.of(row), SEEDS);
            rowsOff += shareWithin(POINTS_OFF_MAX, off) < 1 ? 1 : 0;
            all.addAll(off);
        }
        return String.format(
                Locale.ROOT,
                "| %s | %.1f %% | %d of %d | %.1f | %.2f |",
                estimator.label(),
                100 * (1 - shareWithin(POINTS_OFF_MAX, all)),
                rowsOff,
                rows.size(),
                all.stream().mapToDouble(Math::abs).max().orElseThrow(),
                Math.sqrt(all.stream().mapToDouble(off -> off * off).average().orElseThrow()));
    }

    private static List<Double> off(Estimator estimator, List<SampledRow> rows, int seeds) {
        List<Double> off = new ArrayList<>();
        for (SampledRow row : rows) {
            for (int seed = 1; seed <= seeds; seed++) {
                off.add(100 * (estimator.estimate(row, seed) - row.truth()));
            }
        }
        return off;
    }

    private static List<SampledRow> rows(List<PredictedTrace> traces, ReplayClock clock) {
        List<SampledRow> rows = new ArrayList<>();
        for (PredictedTrace each : traces) {
            long whole = each.wholeBytes(TRAITS);
            for (EvictionPolicy policy : PredictedTrace.POLICIES) {
                for (double share : each.shares()) {
                    rows.add(SampledRow.of(
                            each.trace(),
                            new ModelledServer(TRAITS, policy, TRAITS.baselineBytes() + Math.round(whole * share)),
                            clock));
                }
            }
        }
        return rows;
    }
}
