package io.cachewright.optimizer.prove;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.domain.Reading;
import io.cachewright.lab.load.CommandMix;
import io.cachewright.lab.load.Workload;
import io.cachewright.lab.load.Workloads;
import io.cachewright.lab.wire.Command;
import io.cachewright.optimizer.advice.Effect.Metric;
import io.cachewright.optimizer.advice.Experiment;
import io.cachewright.optimizer.advice.Practice;
import io.cachewright.optimizer.prove.Proof.Comparison;
import io.cachewright.optimizer.prove.Proof.Verdict;
import io.cachewright.optimizer.recommend.Plan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProverTest {

    private static final int LEVELS = 2_000;

    @Test
    void provesAParameterAndAPracticeByMeasuringThem() {
        List<Proof> proofs = prove(
                new Trial(
                        "trial/smaller-listpacks",
                        "updates of deep books get cheaper",
                        new Experiment.Parameters(Map.of("hash-max-listpack-entries", "64")),
                        List.of(Metric.SERVER_TIME)),
                new Trial(
                        "trial/batch-reads",
                        "one MGET for a screen of quotes",
                        new Experiment.ClientPractice(Practice.BATCH_READS, Map.of("keys", 30L)),
                        List.of(Metric.P50, Metric.SERVER_TIME)));

        assertThat(proofs)
                .extracting(Proof::recommendation)
                .containsExactly("trial/smaller-listpacks", "trial/batch-reads");
        for (Proof proof : proofs) {
            assertThat(proof.verdict()).as(proof.reason()).isEqualTo(Verdict.IMPROVED);
            Comparison serverTime = comparison(proof, Metric.SERVER_TIME);
            assertThat(serverTime.low()).isLessThanOrEqualTo(serverTime.change());
            assertThat(serverTime.high()).isGreaterThanOrEqualTo(serverTime.change());
            // Nine tenths less is usual here, so any busy machine shows it.
            assertThat(serverTime.high()).isNegative();
        }
    }

    static List<Proof> prove(Trial... trials) {
        return new Prover(Duration.ofSeconds(4L * trials.length), 1, _ -> {})
                .prove(new Plan(List.of(), List.of(), List.of()), List.of(trials), deepBooks());
    }

    static Comparison comparison(Proof proof, Metric metric) {
        return proof.comparisons().stream()
                .filter(comparison -> comparison.metric() == metric)
                .findFirst()
                .orElseThrow();
    }

    /// Twenty books of 2,000 levels in hashes that are listpacks, and batches of 20 changes to them.
    static ShadowModel deepBooks() {
        Supplier<Iterator<Command>> fill = () -> Stream.iterate(0, book -> book < 20, book -> book + 1)
                .map(book -> levels(book, 0, LEVELS))
                .iterator();
        Workload workload = Workloads.fixedRate(
                5_000,
                4,
                CommandMix.of("apply batch", random -> levels(random.nextInt(20), random.nextInt(LEVELS), 20)),
                7);
        return new ShadowModel(
                Optional.empty(),
                Map.of("hash-max-listpack-entries", "4096"),
                fill,
                Reading.known(workload),
                "batches of 20 levels to books of 2000");
    }

    private static Command levels(int book, int first, int count) {
        List<String> arguments = new ArrayList<>(List.of("HSET", "book:" + book));
        for (int i = 0; i < count; i++) {
            arguments.add("61686." + (first + i) % LEVELS);
            arguments.add("0.40000000");
        }
        return Command.of(arguments.toArray(String[]::new));
    }
}
