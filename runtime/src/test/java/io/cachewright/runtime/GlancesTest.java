package io.cachewright.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.domain.policy.NearBound;
import io.cachewright.runtime.coherence.LinkBounds;
import io.cachewright.runtime.coherence.LinkCoherence;
import io.cachewright.runtime.coherence.Proof;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GlancesTest {

    private static final int TICK = 1;
    private static final int MAX = 100;
    private static final int HOT = MAX * 9 / 10;
    private static final int READS_A_TICK = 100;
    private static final int READS = 50_000;

    private final LinkCoherence<String> link = new LinkCoherence<>(
            LinkBounds.detectingWithin(Duration.ofMillis(250)), new NoServer(), new SplittableRandom(1), 0);
    private final NearStore<String> store = new NearStore<>(NearBound.entries(MAX));

    private Entry<String> entry(String key) {
        Proof proof = link.proof();
        return new Entry<>(
                key, "v" + key, 0, new Entry.Origin(proof, proof.epoch(), 0, 1, true), Long.MAX_VALUE / 2, 10);
    }

    private @Nullable String glanced(String key) {
        Entry<String> entry = store.glance(key, TICK);
        return entry == null || !entry.isUsable() ? null : entry.value;
    }

    @Test
    void whatWasReadOnceIsSeenAtAGlanceUntilItIsDropped() {
        store.put("a", entry("a"));
        assertThat(store.get("a", TICK)).isNotNull();
        assertThat(glanced("a")).isEqualTo("va");
        store.drop("a");
        assertThat(glanced("a")).isNull();
        assertThat(store.get("a", TICK)).isNull();
    }

    @Test
    void theStoreIsAskedOnceInEachTick() {
        store.put("a", entry("a"));
        assertThat(store.get("a", TICK)).isNotNull();
        assertThat(store.glance("a", TICK)).isNotNull();
        assertThat(store.glance("a", TICK + 1)).isNull();
    }

    @Test
    void whatWasReplacedIsNotSeenAtAGlance() {
        store.put("a", entry("a"));
        Entry<String> old = store.get("a", TICK);
        store.put("a", entry("a"));
        assertThat(old).isNotNull().extracting(Entry::isUsable).isEqualTo(false);
        assertThat(store.glance("a", TICK)).isNotSameAs(old);
    }

    @Test
    void anEpochEndsWhatIsSeenAtAGlance() {
        store.put("a", entry("a"));
        assertThat(store.get("a", TICK)).isNotNull();
        link.invalidatedAll();
        assertThat(glanced("a")).isNull();
        store.freeDropped();
        assertThat(store.glance("a", TICK)).isNull();
    }

    @Test
    void everyGlanceIsOfTheKeyThatWasAskedFor() {
        Glances<String> few = new Glances<>(() -> 1);
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 10_000; i++) {
            String key = "k" + random.nextInt(200);
            few.point(entry(key), random.nextInt());
            String other = "k" + random.nextInt(200);
            Entry<String> seen = few.of(other);
            if (seen != null) {
                assertThat(seen.key).isEqualTo(other);
            }
        }
    }

    @Test
    void slotsGrowWithWhatTheStoreHolds() {
        NearStore<String> near = new NearStore<>(NearBound.entries(1_000_000));
        for (int i = 0; i < 2_000; i++) {
            near.put("k" + i, entry("k" + i));
        }
        for (int round = 0; round < 2; round++) {
            IntStream.range(0, 2_000).forEach(i -> near.get("k" + i, TICK));
        }
        long seen = IntStream.range(0, 2_000)
                .filter(i -> near.glance("k" + i, TICK) != null)
                .count();
        assertThat(seen).isGreaterThan(1_900);
    }

    /// Keys that share slots must not crowd each other out at each read: that would cost more than no glances.
    @Test
    void pointingIsRareOnceSlotsAreTaken() {
        Glances<String> few = new Glances<>(() -> 1);
        SplittableRandom random = new SplittableRandom(7);
        IntStream.range(0, 200).forEach(i -> few.point(entry("k" + i), 2));
        int moved = 0;
        for (int i = 0; i < 10_000; i++) {
            Entry<String> entry = entry("k" + random.nextInt(200));
            boolean wasSeen = few.of(entry.key) != null;
            few.point(entry, random.nextInt());
            moved += !wasSeen && few.of(entry.key) != null ? 1 : 0;
        }
        assertThat(moved).isBetween(1, 2_500);
    }

    /// How many of 100 reads find their key near: half of them go to keys for which there is just room, each of
    /// the others to one of its own.
    private double hitPercent(boolean glances, boolean leavesTraces) {
        NearStore<String> near = new NearStore<>(NearBound.entries(MAX));
        SplittableRandom random = new SplittableRandom(3);
        int hits = 0;
        for (int i = 0; i < 2 * READS; i++) {
            String key = random.nextBoolean() ? "hot" + random.nextInt(HOT) : "once" + i;
            int tick = leavesTraces ? 1 + i / READS_A_TICK : TICK;
            Entry<String> seen = glances ? near.glance(key, tick) : null;
            boolean isHit = (seen != null && seen.isUsable()) || near.get(key, tick) != null;
            if (!isHit) {
                near.put(key, entry(key));
            }
            hits += isHit && i >= READS ? 1 : 0;
        }
        return 100.0 * hits / READS;
    }

    @Test
    void theStoreKeepsWhatItWouldKeepIfItSawEveryRead() {
        double all = hitPercent(false, true);
        assertThat(all).isGreaterThan(45);
        assertThat(hitPercent(true, true)).isGreaterThan(all - 1.5);
    }

    /// What the traces are for.
    @Test
    void withoutTracesItThrowsOutWhatIsReadMost() {
        assertThat(hitPercent(true, false)).isLessThan(hitPercent(false, true) - 1);
    }
}
