package io.cachewright.runtime;

import static io.cachewright.runtime.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.domain.HashSlot;
import io.cachewright.domain.policy.CacheClass;
import io.cachewright.domain.policy.Freshness;
import io.cachewright.lab.deployment.SlotMove;
import io.cachewright.lab.server.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Fields of hashes on a real cluster.
class ClusterFieldsTest extends OnCluster {

    /// Times that a busy machine cannot reach: none of them decides a test.
    private static final Duration AMPLE = Duration.ofSeconds(20);

    private static CachewrightClient client() {
        return client(ServerLink::new);
    }

    private static CachewrightClient client(Links.LinkFactory links) {
        return CachewrightClient.builder(cluster.uri())
                .detectWithin(FaultRun.PATIENT_DETECTION)
                .links(links)
                .readTimeout(AMPLE)
                .cacheClass(CacheClass.builder("positions", "pos:")
                        .freshness(Freshness.bounded(AMPLE))
                        .fieldsMax(16)
                        .build())
                .build();
    }

    @Test
    void whatANamedWriteDoesNotNameStaysNearOnEveryShard() throws InterruptedException {
        List<String> keys = IntStream.range(0, 30).mapToObj(i -> "pos:" + i).toList();
        try (CachewrightClient one = client();
                CachewrightClient two = client()) {
            FieldCache<String> writer = one.fieldCache("positions", Codec.utf8());
            FieldCache<String> reader = two.fieldCache("positions", Codec.utf8());
            for (String key : keys) {
                writer.put(key, Map.of("qty", "1", "px", "10"), Duration.ZERO);
                eventually(() -> reader.read(key, "qty").source() == Source.NEAR
                        && reader.read(key, "px").source() == Source.NEAR);
                writer.put(key, Map.of("qty", "2"), Duration.ZERO);
                eventually(() -> "2".equals(reader.get(key, "qty")));
                assertThat(reader.read(key, "px").source()).as(key).isEqualTo(Source.NEAR);
            }
        }
    }

    @Test
    void fieldsOfEveryShardAreVerifiedWhileOthersWriteThem() throws InterruptedException {
        List<String> keys = IntStream.range(0, 30).mapToObj(i -> "pos:v" + i).toList();
        try (CachewrightClient one = client();
                CachewrightClient two = client()) {
            FieldCache<String> writer = one.fieldCache("positions", Codec.utf8());
            FieldCache<String> reader = two.fieldCache("positions", Codec.utf8());
            keys.forEach(key -> writer.put(key, Map.of("qty", "0", "px", "10"), Duration.ZERO));
            Comparison<FieldSamples.Place, String> comparison =
                    new Comparison<>(reader.samples(), null, AMPLE.toNanos());
            for (int i = 1; i < 300 || (comparison.found().consistent() < 300 && i < 10_000); i++) {
                String key = keys.get(i % keys.size());
                writer.put(key, Map.of("qty", Integer.toString(i)), Duration.ZERO);
                keys.forEach(each -> reader.getAll(each, List.of("qty", "px", "none")));
                comparison.step();
            }
            assertThat(comparison.found().consistent()).isGreaterThanOrEqualTo(300);
            assertThat(comparison.found().stale()).isZero();
        }
    }

    @Test
    void aChangeOnAnyShardThatDidNotReachWhatIsNearIsFound() throws InterruptedException {
        List<String> keys = IntStream.range(0, 30).mapToObj(i -> "pos:d" + i).toList();
        try (CachewrightClient one = client();
                CachewrightClient two = client(BrokenLinks.dropping(VerifiedFieldsTest.Deaf::new))) {
            FieldCache<String> writer = one.fieldCache("positions", Codec.utf8());
            FieldCache<String> reader = two.fieldCache("positions", Codec.utf8());
            for (String key : keys) {
                writer.put(key, Map.of("qty", "1"), Duration.ZERO);
                eventually(() -> reader.read(key, "qty").source() == Source.NEAR);
                writer.put(key, Map.of("qty", "2"), Duration.ZERO);
            }
            Comparison<FieldSamples.Place, String> comparison =
                    new Comparison<>(reader.samples(), null, AMPLE.toNanos());
            VerifiedClassesTest.stepUntil(comparison, found -> found.stale() >= keys.size());
            assertThat(comparison.found().consistent()).isZero();
        }
    }

    // F14 for fields: a slot moves under load

    private static RedisServer otherPrimary(RedisServer than) {
        return List.of(0, HashSlot.COUNT / 2, HashSlot.COUNT - 1).stream()
                .map(cluster::primaryOf)
                .filter(node -> node != than)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void writesAndReadsOfFieldsGoOnWhileTheirSlotMoves() throws Exception {
        String key = "pos:moved";
        int slot = HashSlot.of(key);
        AtomicInteger moves = new AtomicInteger();
        try (CachewrightClient one = client();
                CachewrightClient two = client();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            FieldCache<String> writer = one.fieldCache("positions", Codec.utf8());
            FieldCache<String> reader = two.fieldCache("positions", Codec.utf8());
            writer.put(key, Map.of("qty", "0", "px", "10"), Duration.ZERO);
            Future<?> moving = threads.submit(() -> {
                while (moves.get() < 8) {
                    SlotMove move = cluster.move(slot, otherPrimary(cluster.primaryOf(slot)));
                    Thread.sleep(3);
                    move.moveKeys(1);
                    Thread.sleep(3);
                    move.finish();
                    moves.incrementAndGet();
                }
                return null;
            });
            for (int i = 1; !moving.isDone() || i < 20; i++) {
                String next = Integer.toString(i);
                writer.put(key, Map.of("qty", next), Duration.ZERO);
                assertThat(writer.get(key, "qty")).isEqualTo(next);
                eventually(() -> next.equals(reader.get(key, "qty")));
                assertThat(reader.get(key, "px")).isEqualTo("10");
            }
            moving.get();
        }
        assertThat(moves).hasValue(8);
    }
}
