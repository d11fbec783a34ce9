package io.cachewright.sizing.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.cachewright.sizing.trace.AccessShape;
import io.cachewright.sizing.trace.PublishedTraces;
import io.cachewright.sizing.trace.SyntheticTrace;
import io.cachewright.sizing.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class ReferencePolicyTest {

    private static final int KEYS = 40;

    @Property(tries = 500)
    void sieveAgreesWithItsPaperHitByHit(
            @ForAll("keys") List<Integer> keys, @ForAll @IntRange(min = 1, max = 60) int capacity) {
        agrees(ReferencePolicy.SIEVE, NaivePolicies.Sieve::new, keys, capacity);
    }

    @Property(tries = 500)
    void s3FifoAgreesWithItsPaperHitByHit(
            @ForAll("keys") List<Integer> keys, @ForAll @IntRange(min = 1, max = 60) int capacity) {
        agrees(ReferencePolicy.S3_FIFO, NaivePolicies.S3Fifo::new, keys, capacity);
    }

    @Provide
    static Arbitrary<List<Integer>> keys() {
        return Arbitraries.integers().between(0, KEYS - 1).list().ofMaxSize(600);
    }

    /// Keys have bytes of their own, which a second value changes now and then.
    private static void agrees(
            ReferencePolicy policy, LongFunction<NaivePolicies.Naive> oracle, List<Integer> keys, int capacity) {
        SimulatedCache cache = policy.newCache(KEYS, capacity, capacity);
        NaivePolicies.Naive naive = oracle.apply(capacity);
        List<Boolean> hits = new ArrayList<>();
        List<Boolean> expected = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            int bytes = 1 + (keys.get(i) + i / 100) % 5;
            hits.add(cache.access(keys.get(i), bytes));
            expected.add(naive.access(keys.get(i), bytes));
        }
        assertThat(hits).isEqualTo(expected);
    }

    /// The sketch errs a little where the oracle counts exactly. As in the paper, the window stays as it is.
    @Test
    void wTinyLfuIsCloseToItsPaperWithExactCounts() {
        for (int capacity : new int[] {200, 1_000, 5_000}) {
            Trace trace = SyntheticTrace.zipf(20_000, 0.9, 400_000, AccessShape.uniform(1_000, 1), capacity);

            WindowClimber standing = new WindowClimber(capacity, 1_000, Long.MAX_VALUE);
            SimulatedCache cache =
                    new WTinyLfuCache(trace.keyCount(), capacity, new FrequencySketch(capacity), standing);

            assertThat(hitRatio(trace, cache)).isCloseTo(naiveHitRatio(trace, capacity), Offset.offset(0.005));
        }
    }

    @Test
    void wTinyLfuIsCloseToCaffeine() {
        Trace trace = SyntheticTrace.zipf(50_000, 0.9, 500_000, AccessShape.uniform(1_000, 1), 3);
        for (int capacity : new int[] {1_000, 5_000}) {
            assertThat(hitRatio(trace, capacity)).isCloseTo(caffeinesHitRatio(trace, capacity), Offset.offset(0.02));
        }
    }

    /// Where recent keys matter more than frequent ones: hits are few unless the window grows.
    @Test
    void wTinyLfuIsWithinAPointOfCaffeineOnTheLedger() {
        Trace trace = PublishedTraces.corda(AccessShape.uniform(50, 1));
        for (double share : new double[] {0.02, 0.05, 0.1, 0.2}) {
            int capacity = (int) (trace.keyCount() * share);

            assertThat(hitRatio(trace, capacity))
                    .as("%d entries", capacity)
                    .isCloseTo(caffeinesHitRatio(trace, capacity), Offset.offset(0.01));
        }
    }

    @Test
    void wTinyLfuIsWithinAPointOfCaffeineOnTheMapper() {
        Trace trace = PublishedTraces.orm(AccessShape.uniform(1_000, 1));
        for (double share : new double[] {0.05, 0.1, 0.2, 0.7}) {
            int capacity = (int) (trace.keyCount() * share);

            assertThat(hitRatio(trace, capacity))
                    .as("%d entries", capacity)
                    .isCloseTo(caffeinesHitRatio(trace, capacity), Offset.offset(0.01));
        }
    }

    private static double caffeinesHitRatio(Trace trace, int capacity) {
        Cache<Integer, Integer> caffeine = Caffeine.newBuilder()
                .maximumSize(capacity)
                .executor(Runnable::run)
                .build();
        long hits = 0;
        for (int access = 0; access < trace.length(); access++) {
            Integer key = trace.key(access);
            if (caffeine.getIfPresent(key) == null) {
                caffeine.put(key, key);
            } else {
                hits++;
            }
        }
        return (double) hits / trace.length();
    }

    private static double hitRatio(Trace trace, int capacity) {
        return hitRatio(trace, ReferencePolicy.W_TINY_LFU.newCache(trace.keyCount(), capacity, capacity));
    }

    private static double hitRatio(Trace trace, SimulatedCache cache) {
        long hits = 0;
        for (int access = 0; access < trace.length(); access++) {
            hits += cache.access(trace.key(access), 1) ? 1 : 0;
        }
        return (double) hits / trace.length();
    }

    private static double naiveHitRatio(Trace trace, int capacity) {
        NaivePolicies.WTinyLfu naive = new NaivePolicies.WTinyLfu(capacity);
        long hits = 0;
        for (int access = 0; access < trace.length(); access++) {
            hits += naive.access(trace.key(access), 1) ? 1 : 0;
        }
        return (double) hits / trace.length();
    }
}
