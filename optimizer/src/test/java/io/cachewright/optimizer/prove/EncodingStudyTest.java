package io.cachewright.optimizer.prove;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.advice.Effect.Metric;
import io.cachewright.optimizer.prove.EncodingEffect.OperationCost;
import io.cachewright.optimizer.prove.Proof.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EncodingStudyTest {

    private static final Map<String, String> LIMITS = Map.of(
            "hash-max-listpack-entries", "512",
            "hash-max-listpack-value", "64",
            "zset-max-ziplist-entries", "128",
            "zset-max-ziplist-value", "64",
            "set-max-intset-entries", "512",
            "list-max-listpack-size", "-2",
            "list-compress-depth", "0");

    @Test
    void aDeepBookInAListpackTakesLessMemoryAndEachLookupTakesLonger() {
        FamilySample books =
                sample(FamilySample.Type.HASH, 4, 2_000, i -> List.of("61" + (100_000 + i), "0.4000000" + i % 10));

        List<EncodingEffect> effects = study(books, Duration.ofSeconds(20));

        assertThat(effects).hasSize(1);
        EncodingEffect raised = effects.getFirst();
        assertThat(raised.parameter()).isEqualTo("hash-max-listpack-entries");
        assertThat(raised.from()).isEqualTo("512");
        assertThat(raised.to()).isEqualTo("2048");
        assertThat(raised.before().encodings()).containsOnly(Map.entry("hashtable", 4));
        assertThat(raised.after().encodings()).containsOnly(Map.entry("listpack", 4));
        assertThat(raised.memoryChange()).isBetween(-0.9, -0.5);
        assertThat(raised.after().usedBytes()).isLessThan(raised.before().usedBytes());
        assertThat(raised.savedBytes())
                .isEqualTo(10
                        * (raised.before().memoryUsageBytes() - raised.after().memoryUsageBytes()));
        OperationCost read = raised.operations().getFirst();
        assertThat(read.operation()).isEqualTo("HMGET of 20 fields");
        assertThat(read.verdict()).as(read.reason()).isEqualTo(Verdict.WORSE);
        assertThat(read.comparisons())
                .filteredOn(comparison -> comparison.metric() == Metric.SERVER_TIME)
                .singleElement()
                .satisfies(comparison -> assertThat(comparison.low()).isPositive());
        assertThat(raised.savesMemory()).isTrue();
    }

    @Test
    void aLimitIsTriedOnlyWhereItWouldChangeHowTheFamilyIsStored() {
        assertThat(tried(sample(FamilySample.Type.HASH, 3, 5, i -> List.of("f" + i, "v"))))
                .isEmpty();
        assertThat(tried(sample(FamilySample.Type.HASH, 3, 5, i -> List.of("f" + i, "v".repeat(90)))))
                .containsExactly("hash-max-listpack-value 64 → 128");
        assertThat(tried(sample(FamilySample.Type.HASH, 3, 100, i -> List.of("f" + i, "v"))))
                .containsExactly("hash-max-listpack-entries 512 → 64");
        assertThat(tried(sample(FamilySample.Type.SORTED_SET, 3, 300, i -> List.of("m" + i, "" + i))))
                .containsExactly("zset-max-ziplist-entries 128 → 512");
        assertThat(tried(sample(FamilySample.Type.SET, 3, 600, i -> List.of("" + i))))
                .containsExactly("set-max-intset-entries 512 → 1024");
    }

    @Test
    void aServerThatKnowsNoSuchLimitIsNotAskedForIt() {
        assertThat(tried(sample(FamilySample.Type.SET, 3, 600, i -> List.of("member" + i))))
                .isEmpty();
    }

    @Test
    void nodesOfALongListAreTriedSmallerLargerAndCompressed() {
        assertThat(tried(
                        sample(FamilySample.Type.LIST, 1, 2_000, i -> List.of("{\"px\":\"61686.2\",\"n\":" + i + "}"))))
                .containsExactly(
                        "list-max-listpack-size -2 → -1",
                        "list-max-listpack-size -2 → -3",
                        "list-compress-depth 0 → 1");
        assertThat(tried(sample(FamilySample.Type.LIST, 1, 20, i -> List.of("short"))))
                .isEmpty();
    }

    @Test
    void compressedNodesOfAListTakeLess() {
        FamilySample tape = sample(
                FamilySample.Type.LIST, 2, 2_000, i -> List.of("{\"px\":\"61686.2\",\"qty\":\"0.4\",\"n\":" + i + "}"));

        EncodingEffect compressed = study(tape, Duration.ofMillis(1)).getLast();

        assertThat(compressed.parameter()).isEqualTo("list-compress-depth");
        assertThat(compressed.memoryChange()).isLessThan(-0.2);
        assertThat(compressed.after().usedBytes())
                .isLessThan(compressed.before().usedBytes());
    }

    private static List<EncodingEffect> study(FamilySample sample, Duration budget) {
        return new EncodingStudy(budget, 1, _ -> {}).study(List.of(sample), Optional.empty(), Map.of());
    }

    private static List<String> tried(FamilySample sample) {
        return EncodingCandidate.of(sample, LIMITS).stream()
                .map(candidate -> candidate.parameter() + " " + candidate.from() + " → " + candidate.to())
                .toList();
    }

    private static FamilySample sample(
            FamilySample.Type type, int keys, int elements, IntFunction<List<String>> element) {
        List<byte[]> parts = new ArrayList<>(IntStream.range(0, elements)
                .mapToObj(element)
                .flatMap(List::stream)
                .map(EncodingStudyTest::bytes)
                .toList());
        return new FamilySample(
                "k:<n>",
                type,
                10,
                Stream.iterate(0, i -> i < keys, i -> i + 1)
                        .map(i -> new FamilySample.Key(bytes("k:" + i), parts))
                        .toList());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
