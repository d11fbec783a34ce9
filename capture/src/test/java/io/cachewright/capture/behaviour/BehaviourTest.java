package io.cachewright.capture.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cachewright.capture.command.Answer;
import io.cachewright.capture.command.Arguments;
import io.cachewright.capture.command.CapturedCommand;
import io.cachewright.capture.command.Client;
import io.cachewright.capture.command.Key;
import io.cachewright.capture.command.ReplyType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BehaviourTest {

    private static final long START = 1_700_000_000_000_000_000L;

    @Property
    void theSketchKeepsItsBounds(
            @ForAll @Size(min = 1, max = 400) List<@IntRange(max = 40) Integer> keys,
            @ForAll @IntRange(min = 1, max = 12) int counters,
            @ForAll @IntRange(min = 1, max = 9) int weightMax) {
        HeavyHitters sketch = new HeavyHitters(counters);
        Map<Key, Long> exact = new HashMap<>();
        long total = 0;
        for (int i = 0; i < keys.size(); i++) {
            Key key = Key.of("k" + keys.get(i));
            long weight = 1L + i % weightMax;
            sketch.add(key, weight);
            exact.merge(key, weight, Long::sum);
            total += weight;
        }
        List<HotKey> top = sketch.top(counters);
        assertThat(sketch.total()).isEqualTo(total);
        for (HotKey hot : top) {
            long truth = exact.getOrDefault(hot.key(), 0L);
            assertThat(hot.estimate()).isBetween(truth, truth + hot.errorMax());
            assertThat(hot.errorMax()).isLessThanOrEqualTo(total / counters);
        }
        long share = total / counters;
        exact.forEach((key, count) -> {
            if (count > share) {
                assertThat(top).anyMatch(hot -> hot.key().equals(key));
            }
        });
        assertThat(top).isSortedAccordingTo((one, other) -> Long.compare(other.estimate(), one.estimate()));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.0, 0.6, 1.0, 1.4})
    void theExponentOfZipfsLawIsFoundAgain(double exponent) {
        int keys = 1_000;
        double[] upTo = new double[keys];
        double sum = 0;
        for (int rank = 1; rank <= keys; rank++) {
            sum += Math.pow(rank, -exponent);
            upTo[rank - 1] = sum;
        }
        SplittableRandom random = new SplittableRandom(3);
        HeavyHitters sketch = new HeavyHitters(4_096);
        for (int i = 0; i < 300_000; i++) {
            double wanted = random.nextDouble() * sum;
            int rank = Arrays.binarySearch(upTo, wanted);
            sketch.add(Key.of("k" + (rank < 0 ? -rank - 1 : rank)), 1);
        }
        Skew skew = Skew.fit(sketch.top(4_096));
        assertThat(skew.exponent()).isCloseTo(exponent, within(0.06));
        assertThat(skew.distance()).isLessThan(0.05);
    }

    @Test
    void whatZipfsLawDoesNotDescribeIsSaidNotToFit() {
        List<HotKey> top = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            top.add(new HotKey(Key.of("k" + i), i < 50 ? 1_000 : 1, 0, 50_050));
        }
        assertThat(Skew.fit(top).distance()).isGreaterThan(0.1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10, 1_000, 50_000, 400_000})
    void differentKeysAreCountedWithinThreePercent(int keys) {
        DistinctKeys distinct = new DistinctKeys();
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < keys; i++) {
                distinct.add(Key.of("md:{I" + i + "}:l1"));
            }
        }
        assertThat((double) distinct.estimate()).isCloseTo(keys, within(keys * 0.03 + 0.5));
    }

    @Property
    void burstsAreThoseOfANaiveCount(
            @ForAll @Size(min = 1, max = 200) List<@IntRange(max = 3_000) Integer> gapsMicros) {
        long now = START;
        Map<Long, Long> naive = new HashMap<>();
        BurstCounter counter = new BurstCounter(Duration.ofMillis(10));
        for (int gap : gapsMicros) {
            now += gap * 1_000L;
            counter.add(now);
            naive.merge(now / 10_000_000, 1L, Long::sum);
        }
        Burst burst = counter.result(now - START);
        assertThat(burst.peak())
                .isEqualTo(
                        naive.values().stream().mapToLong(count -> count).max().orElseThrow());
        assertThat(naive.get(burst.peakNanos() / 10_000_000)).isEqualTo(burst.peak());
    }

    @Test
    void aTimelineOutgrowsItsStretchesWithoutLosingAnything() {
        Timeline timeline = new Timeline();
        for (int i = 0; i < 100_000; i++) {
            timeline.add(START + i * 7_000_000L, 10);
        }
        List<Behaviour.Stretch> stretches = timeline.result();
        assertThat(stretches).hasSizeBetween(1_024, 2_048);
        assertThat(stretches.stream().mapToLong(Behaviour.Stretch::commands).sum())
                .isEqualTo(100_000);
        assertThat(stretches.stream().mapToLong(Behaviour.Stretch::bytes).sum()).isEqualTo(1_000_000);
    }

    @Test
    void familiesOfASampleOfKeysAreEstimatesOfAll() {
        KeyUses uses = new KeyUses(2_000);
        for (int i = 0; i < 40_000; i++) {
            uses.add(Key.of((i % 4 == 0 ? "order:" : "quote:") + i), i % 2 == 0, 100, 7);
        }
        assertThat(uses.share()).isLessThan(0.1);
        Map<String, Behaviour.FamilyUse> families = new HashMap<>();
        uses.families().forEach(family -> families.put(family.pattern(), family));
        assertThat(families.keySet()).containsExactlyInAnyOrder("order:<n>", "quote:<n>");
        assertThat((double) uses.families().getFirst().requests()).isCloseTo(30_000, within(3_000.0));
    }

    @Test
    void aCaptureIsSummedUp() {
        BehaviourWatch watch = new BehaviourWatch();
        Client client = new Client(0, "10.0.0.1:5", Client.Kind.NETWORK);
        for (int i = 0; i < 1_000; i++) {
            Arguments arguments = i % 4 == 0
                    ? Arguments.of("SET", "md:{I" + i % 10 + "}:l1", "v")
                    : Arguments.of("GET", "md:{I" + i % 10 + "}:l1");
            watch.accept(new CapturedCommand(
                    START + i * 1_000_000L,
                    client,
                    0,
                    arguments,
                    arguments.wireBytes(),
                    Optional.of(new Answer(ReplyType.STRING, 7, 1, 20_000, 0, 0))));
        }
        watch.accept(new CapturedCommand(START, client, 0, Arguments.of("NOSUCH", "x"), 9, Optional.empty()));
        Behaviour behaviour = watch.finish();
        assertThat(behaviour.commands()).isEqualTo(1_001);
        assertThat(behaviour.reads()).isEqualTo(750);
        assertThat(behaviour.writes()).isEqualTo(250);
        assertThat(behaviour.distinctKeys()).isEqualTo(10);
        assertThat(behaviour.mix()).extracting(Behaviour.CommandUse::name).containsExactly("GET", "SET", "NOSUCH");
        assertThat(behaviour.mix().getFirst().nanos()).isEqualTo(750 * 20_000);
        assertThat(behaviour.families()).hasSize(1);
        assertThat(behaviour.families().getFirst().requests()).isEqualTo(1_000);
        assertThat(behaviour.hotByTime()).hasSize(10);
        assertThat(behaviour.bursts().get(1).peak()).isEqualTo(100);
        assertThat(behaviour.bursts().get(1).ratio()).isCloseTo(1, within(0.1));
        assertThat(behaviour.interArrival().p50Nanos()).isCloseTo(1_000_000, within(2_000L));
    }
}
