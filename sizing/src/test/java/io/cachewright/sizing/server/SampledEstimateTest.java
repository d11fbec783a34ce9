package io.cachewright.sizing.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.cachewright.sizing.trace.AccessShape;
import io.cachewright.sizing.trace.KeyGroups;
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
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What a hundredth of the keys says, against what the model says with all of them; [EvictionPredictionTest] holds both
/// against a real server.
final class SampledEstimateTest {

    private static final KeySample HUNDREDTH = new KeySample(0.01);
    private static final double POINTS_OFF_MAX = 1.5;
    private static final double WITHIN_MIN = 0.99;
    private static final int SEEDS = 10;
    private static final int ROWS_TOLD = 6;
    private static final double FULL_SPEED = 100_000;

    private static final ServerTraits TRAITS = ServerTraits.redis70();

    @Test
    void aHundredthOfTheKeysIsWithinAPointAndAHalfInTheSmallestCaches() {
        List<PredictedTrace> smallest = PredictedTrace.all().stream()
                .map(trace -> new PredictedTrace(
                        trace.name(), trace.trace(), trace.shares().subList(0, 1)))
                .toList();
        assertThat(rows(smallest, ReplayClock.traceTime(), 1))
                .hasSize(15)
                .allSatisfy(row -> assertThat(shareWithin(POINTS_OFF_MAX, off(Estimator.TWINS, row)))
                        .as(row.name())
                        .isEqualTo(1));
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
        List<SampledRow> rows = rows(PredictedTrace.all(), clock, SEEDS);
        List<String> lines = new ArrayList<>();
        lines.add("| From a sample | Runs off by more than 1.5 points | Rows with one | Greatest | Root mean square |");
        lines.add("|---|---|---|---|---|");
        List<List<List<Double>>> off = new ArrayList<>();
        for (Estimator estimator : Estimator.values()) {
            off.add(rows.stream().map(row -> off(estimator, row)).toList());
            lines.add(line(estimator, off.getLast()));
        }
        lines.add("");
        lines.addAll(hardest(rows, off));
        Files.write(Path.of("target", "sampled-estimates-" + name + ".md"), lines);
        assertThat(shareWithin(POINTS_OFF_MAX, flat(off.getLast())))
                .as(String.join("\n", lines))
                .isGreaterThanOrEqualTo(WITHIN_MIN);
    }

    /// The rows in which samples with twins, the last estimator, are off most.
    ///
    /// @param off by estimator, row and seed
    private static List<String> hardest(List<SampledRow> rows, List<List<List<Double>>> off) {
        List<String> lines = new ArrayList<>();
        lines.add("| Root mean square of a row | "
                + Arrays.stream(Estimator.values()).map(Estimator::label).collect(Collectors.joining(" | ")) + " |");
        lines.add("|---".repeat(Estimator.values().length + 1) + "|");
        IntStream.range(0, rows.size())
                .boxed()
                .sorted(Comparator.comparingDouble(
                        row -> -rootMeanSquare(off.getLast().get(row))))
                .limit(ROWS_TOLD)
                .forEach(row -> lines.add("| " + rows.get(row).name() + " | "
                        + off.stream()
                                .map(each -> String.format(Locale.ROOT, "%.2f", rootMeanSquare(each.get(row))))
                                .collect(Collectors.joining(" | "))
                        + " |"));
        return lines;
    }

    private static double rootMeanSquare(List<Double> off) {
        return Math.sqrt(off.stream().mapToDouble(each -> each * each).average().orElseThrow());
    }

    /// @param off by row and seed
    private static String line(Estimator estimator, List<List<Double>> off) {
        List<Double> all = flat(off);
        return String.format(
                Locale.ROOT,
                "| %s | %.1f %% | %d of %d | %.1f | %.2f |",
                estimator.label(),
                100 * (1 - shareWithin(POINTS_OFF_MAX, all)),
                off.stream().filter(row -> shareWithin(POINTS_OFF_MAX, row) < 1).count(),
                off.size(),
                all.stream().mapToDouble(Math::abs).max().orElseThrow(),
                rootMeanSquare(all));
    }

    private static List<Double> flat(List<List<Double>> off) {
        return off.stream().flatMap(List::stream).toList();
    }

    /// In points, by seed.
    private static List<Double> off(Estimator estimator, SampledRow row) {
        return IntStream.range(0, row.samples().size())
                .mapToObj(seed -> 100 * (estimator.estimate(row, seed) - row.truth()))
                .toList();
    }

    private static List<SampledRow> rows(List<PredictedTrace> traces, ReplayClock clock, int seeds) {
        List<SampledRow> rows = new ArrayList<>();
        for (PredictedTrace each : traces) {
            long whole = each.wholeBytes(TRAITS);
            List<TraceSample> samples = LongStream.rangeClosed(1, seeds)
                    .mapToObj(seed -> TraceSample.of(each.trace(), HUNDREDTH, seed))
                    .toList();
            KeyGroups keys = KeyGroups.by(each.trace(), name -> name);
            for (EvictionPolicy policy : PredictedTrace.POLICIES) {
                for (double share : each.shares()) {
                    String name = String.format(
                            Locale.ROOT, "%s, %s, %.0f %%", each.name(), policy.configName(), 100 * share);
                    long bytes = TRAITS.baselineBytes() + Math.round(whole * share);
                    ModelledServer server = new ModelledServer(TRAITS, policy, bytes);
                    rows.add(new SampledRow(name, each.trace(), keys, server, clock, samples));
                }
            }
        }
        return rows;
    }
}
