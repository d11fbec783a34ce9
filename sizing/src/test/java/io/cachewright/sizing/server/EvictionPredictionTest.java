package io.cachewright.sizing.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.domain.Engine;
import io.cachewright.lab.server.ServerBinaries;
import io.cachewright.lab.server.ServerBinary;
import io.cachewright.sizing.trace.AccessShape;
import io.cachewright.sizing.trace.Hashing;
import io.cachewright.sizing.trace.KeySample;
import io.cachewright.sizing.trace.PublishedTraces;
import io.cachewright.sizing.trace.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The hit ratio that the model predicts, against the one that a real server has with the same trace and memory.
final class EvictionPredictionTest {

    private static final double POINTS_OFF_MAX = 0.5;
    private static final double POINTS_OFF_FROM_SAMPLE_MAX = 1.5;

    private static final List<EvictionPolicy> POLICIES = List.of(
            EvictionPolicy.ALLKEYS_LRU,
            EvictionPolicy.ALLKEYS_LFU,
            EvictionPolicy.VOLATILE_LRU,
            EvictionPolicy.ALLKEYS_RANDOM,
            EvictionPolicy.VOLATILE_TTL);

    /// A trace and the shares of its whole memory that the server is given.
    private record Subject(String name, Trace trace, List<Double> shares) {

        Subject first(int accesses, double share) {
            return new Subject(name, trace.first(accesses), List.of(share));
        }
    }

    private static final int LEDGER_PER_SECOND = 50;
    private static final int MAPPER_PER_SECOND = 1_000;
    private static final int MAPPER_ACCESSES = 1_000_000;

    /// Each key once or twice in a row: what matters is whether a key survives until its second access.
    private static Subject ledger() {
        AccessShape shape = new AccessShape(
                LEDGER_PER_SECOND,
                id -> 1_000 + (int) Math.floorMod(Hashing.mix(id), 7_000L),
                id -> 1_000_000 + Math.floorMod(Hashing.mix(id + 1), 1_000_000L));
        return new Subject("ledger", PublishedTraces.corda(shape), List.of(0.01, 0.02, 0.05, 0.1, 0.2));
    }

    private static Subject mapper() {
        AccessShape shape = new AccessShape(
                MAPPER_PER_SECOND,
                id -> 40 + (int) Math.floorMod(Hashing.mix(id), 160L),
                id -> 600_000 + Math.floorMod(Hashing.mix(id + 1), 600_000L));
        return new Subject(
                "mapper", PublishedTraces.orm(shape).first(MAPPER_ACCESSES), List.of(0.05, 0.1, 0.2, 0.4, 0.7));
    }

    private static Subject market() {
        return new Subject("market", MarketTraces.spotPriceLevels(), List.of(0.05, 0.1, 0.2, 0.4, 0.7));
    }

    @Test
    void predictsTheRealServerAtFullSpeed() {
        check(List.of(ledger().first(60_000, 0.02), mapper().first(150_000, 0.1), market().first(60_000, 0.2)), false);
    }

    @Test
    void predictsTheRealServerInTraceTime() {
        check(List.of(ledger().first(60_000, 0.02), mapper().first(150_000, 0.1), market().first(60_000, 0.2)), true);
    }

    @Test
    @Tag("long")
    void predictsTheRealServerForAllTracesAndSizesAtFullSpeed() {
        check(List.of(ledger(), mapper(), market()), false);
    }

    @Test
    @Tag("long")
    void predictsTheRealServerForAllTracesAndSizesInTraceTime() {
        check(List.of(ledger(), mapper(), market()), true);
    }

    /// One row of the table.
    private record Row(
            String trace, EvictionPolicy policy, double share, double real, double predicted, SampledEstimate sample) {

        double pointsOff() {
            return 100 * (predicted - real);
        }

        double pointsOffFromSample() {
            return 100 * (sample.hitRatio() - real);
        }

        String toMarkdown() {
            return String.format(
                    Locale.ROOT,
                    "| %s | %s | %.1f %% | %.4f | %.4f | %+.2f | %+.2f | %.1f %% |",
                    trace,
                    policy.configName(),
                    100 * share,
                    real,
                    predicted,
                    pointsOff(),
                    pointsOffFromSample(),
                    100 * sample.rate());
        }
    }

    private static void check(List<Subject> subjects, boolean inTraceTime) {
        ServerBinary binary = installedRedis();
        List<Row> rows = new ArrayList<>();
        for (Subject subject : subjects) {
            long wholeBytes = wholeBytes(binary, subject.trace());
            for (EvictionPolicy policy : POLICIES) {
                for (double share : subject.shares()) {
                    rows.add(compare(binary, subject, policy, share, wholeBytes, inTraceTime));
                }
            }
        }
        write(rows, inTraceTime ? "in-trace-time" : "at-full-speed");
        assertThat(rows)
                .allSatisfy(row -> assertThat(Math.abs(row.pointsOff()))
                        .as(row.toMarkdown())
                        .isLessThanOrEqualTo(POINTS_OFF_MAX));
        assertThat(rows)
                .allSatisfy(row -> assertThat(Math.abs(row.pointsOffFromSample()))
                        .as("from a sample: " + row.toMarkdown())
                        .isLessThanOrEqualTo(POINTS_OFF_FROM_SAMPLE_MAX));
    }

    private static Row compare(
            ServerBinary binary,
            Subject subject,
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
                    model.estimate(outcome.asPlayed(), clock, new KeySample(0.01)));
        }
    }

    /// What all keys of the trace take together, if none ever went.
    private static long wholeBytes(ServerBinary binary, Trace trace) {
        ServerTraits traits = traits();
        ReplayResult result = new ModelledServer(traits, EvictionPolicy.NOEVICTION, 0)
                .replay(trace, ReplayClock.fullSpeed(100_000_000));
        assertThat(binary.version().major()).isEqualTo(7);
        return result.usedBytesAtEnd() - traits.baselineBytes();
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
        lines.add("| Trace | Policy | Memory | Real | Predicted | Points off | Points off from a sample | Sample |");
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
