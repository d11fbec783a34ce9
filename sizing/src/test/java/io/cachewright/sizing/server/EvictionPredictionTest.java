package io.cachewright.sizing.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.domain.Engine;
import io.cachewright.lab.server.ServerBinaries;
import io.cachewright.lab.server.ServerBinary;
import io.cachewright.sizing.trace.KeySample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The hit ratio that the model predicts, against the one that a real server has with the same trace and memory.
final class EvictionPredictionTest {

    private static final double POINTS_OFF_MAX = 0.5;
    private static final double POINTS_OFF_FROM_SAMPLE_MAX = 1.5;
    private static final int SAMPLES = 5;

    /// Which keys are in a sample is chance, and some samples are unlucky.
    private static final double SAMPLES_WITHIN_MIN = 0.98;

    @Test
    void predictsTheRealServerAtFullSpeed() {
        checkModel(rows(beginnings(), false));
    }

    @Test
    void predictsTheRealServerInTraceTime() {
        checkModel(rows(beginnings(), true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ledger", "mapper", "market"})
    @Tag("long")
    void predictsTheRealServerOfEverySizeAtFullSpeed(String trace) {
        List<Row> rows = rows(List.of(PredictedTrace.named(trace)), false);
        write(rows, trace + "-at-full-speed");
        checkModel(rows);
        checkSamples(rows);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ledger", "mapper", "market"})
    @Tag("long")
    void predictsTheRealServerOfEverySizeInTraceTime(String trace) {
        List<Row> rows = rows(List.of(PredictedTrace.named(trace)), true);
        write(rows, trace + "-in-trace-time");
        checkModel(rows);
        checkSamples(rows);
    }

    private static List<PredictedTrace> beginnings() {
        return List.of(
                PredictedTrace.ledger().first(60_000, 0.02),
                PredictedTrace.mapper().first(150_000, 0.1),
                PredictedTrace.market().first(60_000, 0.2));
    }

    /// One row of the table.
    ///
    /// @param sampled hit ratios predicted from samples of one hundredth of the keys each
    private record Row(
            String trace, EvictionPolicy policy, double share, double real, double predicted, List<Double> sampled) {

        double pointsOff() {
            return 100 * (predicted - real);
        }

        /// Of each sample.
        List<Double> pointsOffFromSamples() {
            return sampled.stream().map(ratio -> 100 * (ratio - real)).toList();
        }

        double worstFromSamples() {
            return pointsOffFromSamples().stream()
                    .max(Comparator.comparingDouble(Math::abs))
                    .orElseThrow();
        }

        String toMarkdown() {
            return String.format(
                    Locale.ROOT,
                    "| %s | %s | %.1f %% | %.4f | %.4f | %+.2f | %+.2f | %+.2f |",
                    trace,
                    policy.configName(),
                    100 * share,
                    real,
                    predicted,
                    pointsOff(),
                    pointsOffFromSamples().getFirst(),
                    worstFromSamples());
        }
    }

    private static List<Row> rows(List<PredictedTrace> subjects, boolean inTraceTime) {
        ServerBinary binary = installedRedis();
        List<Row> rows = new ArrayList<>();
        for (PredictedTrace subject : subjects) {
            long wholeBytes = subject.wholeBytes(traits());
            for (EvictionPolicy policy : PredictedTrace.POLICIES) {
                for (double share : subject.shares()) {
                    rows.add(compare(binary, subject, policy, share, wholeBytes, inTraceTime));
                }
            }
        }
        return rows;
    }

    private static void checkModel(List<Row> rows) {
        assertThat(rows)
                .allSatisfy(row -> assertThat(Math.abs(row.pointsOff()))
                        .as(row.toMarkdown())
                        .isLessThanOrEqualTo(POINTS_OFF_MAX));
    }

    private static void checkSamples(List<Row> rows) {
        assertThat(SampledEstimateTest.shareWithin(
                        POINTS_OFF_FROM_SAMPLE_MAX,
                        rows.stream()
                                .flatMap(row -> row.pointsOffFromSamples().stream())
                                .toList()))
                .isGreaterThanOrEqualTo(SAMPLES_WITHIN_MIN);
    }

    private static Row compare(
            ServerBinary binary,
            PredictedTrace subject,
            EvictionPolicy policy,
            double share,
            long wholeBytes,
            boolean inTraceTime) {
        try (RealReplay real = new RealReplay(binary, inTraceTime)) {
            RealReplay.Outcome outcome = real.play(subject.trace(), policy, Math.round(wholeBytes * share));
            ModelledServer model =
                    new ModelledServer(traits().withBaseline(real.baselineBytes()), policy, real.maxmemoryBytes());
            ReplayClock clock = ReplayClock.traceTime();
            return new Row(
                    subject.name(),
                    policy,
                    share,
                    outcome.hitRatio(),
                    model.replay(outcome.asPlayed(), clock).hitRatio(),
                    LongStream.rangeClosed(1, SAMPLES)
                            .mapToObj(seed -> TraceSample.of(outcome.asPlayed(), new KeySample(0.01), seed))
                            .map(sample -> model.estimate(sample, clock).hitRatio())
                            .toList());
        }
    }

    /// The installed server comes from the distribution, with the distribution's allocator.
    private static ServerTraits traits() {
        return ServerTraits.redis70().withAllocator(Allocator.JEMALLOC_SYSTEM);
    }

    private static ServerBinary installedRedis() {
        Optional<ServerBinary> redis = ServerBinaries.installed().stream()
                .filter(binary -> binary.version().engine() == Engine.REDIS
                        && binary.version().major() == 7
                        && binary.version().minor() == 0)
                .findFirst();
        Assumptions.assumeTrue(redis.isPresent(), "no redis-server 7.0 is installed on this machine");
        return redis.orElseThrow();
    }

    private static void write(List<Row> rows, String name) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "| Trace | Policy | Memory | Real | Predicted | Points off | From 1 % of the keys | Worst of 5 samples |");
        lines.add("|---|---|---|---|---|---|---|---|");
        rows.forEach(row -> lines.add(row.toMarkdown()));
        try {
            Path file = Path.of("target", "eviction-prediction-" + name + ".md");
            Files.createDirectories(file.getParent());
            Files.write(file, lines, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
