package io.cachewright.runtime;

import static io.cachewright.runtime.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.domain.HashSlot;
import io.cachewright.domain.policy.CachePolicy;
import io.cachewright.lab.deployment.SlotMove;
import io.cachewright.lab.server.RedisServer;
import io.cachewright.runtime.loading.Loader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Loading and invalidation on a real cluster, whose slots move and whose nodes fail.
class ClusterLoadingTest extends OnCluster {

    /// Times that a busy machine cannot reach: none of them decides a test.
    private static final Duration AMPLE = Duration.ofSeconds(20);

    private static final int CLIENTS = 3;

    private static final CachePolicy POLICY = CachePolicy.parse("policy.yaml", """
            version: 1
            classes:
              instruments:
                prefix: "ref:"
                invalidation:
                  key: "ref:{I}"
                  cascades:
                    - key: "md:{I}:quote"
                    - tag: "instrument:{I}"
              quotes:
                prefix: "md:"
                freshness: 20s
                loading: {ttl: 1h, once-per-fleet: true, hard-timeout: 20s}
                invalidation:
                  key: "md:{I}:quote"
              positions:
                prefix: "pos:"
                freshness: 20s
                loading: {ttl: 1h, hard-timeout: 20s}
                invalidation:
                  key: "pos:{ACCT}:{I}"
                  tags: ["instrument:{I}"]
                  cascades:
                    - class: margins
              margins:
                prefix: "margin:"
                freshness: 20s
                writers: library
                loading: {ttl: 1h, once-per-fleet: true, hard-timeout: 20s}
                invalidation: {by-generation: true}
            """);

    private final Map<String, Integer> source = new ConcurrentHashMap<>();
    private final AtomicInteger loads = new AtomicInteger();
    private final List<Member> members = new ArrayList<>();

    private final Loader<Integer> loader = key -> {
        loads.incrementAndGet();
        Integer value = source.get(key);
        Thread.sleep(5);
        return value;
    };

    /// One process of the fleet, with everything of its own.
    private record Member(
            CachewrightClient client,
            LoadingCache<Integer> quotes,
            LoadingCache<Integer> positions,
            LoadingCache<Integer> margins) {

        LoadingCache<Integer> of(String key) {
            return key.startsWith("md:") ? quotes : key.startsWith("pos:") ? positions : margins;
        }
    }

    @BeforeEach
    void connect() {
        for (int i = 0; i < CLIENTS; i++) {
            CachewrightClient client = CachewrightClient.builder(cluster.uri())
                    .policy(POLICY)
                    .detectWithin(FaultRun.PATIENT_DETECTION)
                    .readTimeout(AMPLE)
                    .build();
            members.add(new Member(
                    client,
                    client.loadingCache("quotes", new ClientUnderTest.VersionCodec(), loader),
                    client.loadingCache("positions", new ClientUnderTest.VersionCodec(), loader),
                    client.loadingCache("margins", new ClientUnderTest.VersionCodec(), loader)));
        }
    }

    @AfterEach
    void close() {
        members.forEach(member -> member.client.close());
    }

    private CachewrightClient anyClient() {
        return members.getFirst().client;
    }

    /// Keys of every shard.
    private List<String> keys(String round, String shape, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> shape.replace("#", round + i))
                .toList();
    }

    @Test
    void whatCarriesATagIsVoidOnEveryShardAndCascadesReachTheirEnds() throws InterruptedException {
        List<String> all = new ArrayList<>(keys("A", "pos:#:VOD", 30));
        all.add("md:VOD:quote");
        all.add("margin:7");
        all.forEach(key -> source.put(key, 1));
        for (Member member : members) {
            assertThat(member.positions.getAll(all.subList(0, 30))).hasSize(30);
            for (String key : all) {
                eventually(() -> member.of(key).read(key).source() == Source.NEAR);
            }
        }
        all.forEach(key -> source.put(key, 2));
        Invalidation done = anyClient().invalidate(List.of("ref:VOD"));
        assertThat(done.tags()).isEqualTo(1);
        assertThat(done.classes()).isEqualTo(1);
        for (Member member : members) {
            for (String key : all) {
                eventually(() -> Integer.valueOf(2).equals(member.of(key).get(key)));
            }
        }
    }

    @Test
    void aGroupOverSeveralShardsIsSeenUnmixed() throws Exception {
        List<String> group = keys("G", "pos:#:BP", 6);
        assertThat(group.stream()
                        .map(key -> cluster.primaryOf(HashSlot.of(key)))
                        .distinct())
                .hasSizeGreaterThan(1);
        group.forEach(key -> source.put(key, 0));
        AtomicBoolean isOver = new AtomicBoolean();
        AtomicInteger seen = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Member reader = members.get(1);
            Future<?> reading = threads.submit(() -> {
                while (!isOver.get()) {
                    List<Integer> values = reader.client.together(
                            "instrument:BP",
                            () -> List.copyOf(reader.positions.getAll(group).values()));
                    assertThat(values).hasSize(group.size());
                    assertThat(values.stream().distinct()).hasSize(1);
                    seen.incrementAndGet();
                }
            });
            for (int change = 1; change <= 20; change++) {
                int next = change;
                anyClient().change("instrument:BP", AMPLE, () -> group.forEach(key -> source.put(key, next)));
            }
            eventually(() -> seen.get() > 0 || reading.isDone());
            isOver.set(true);
            reading.get();
        }
        assertThat(seen.get()).isPositive();
    }

    // F14 for loads: slots move under load

    private static RedisServer otherPrimary(RedisServer than) {
        return List.of(0, HashSlot.COUNT / 2, HashSlot.COUNT - 1).stream()
                .map(cluster::primaryOf)
                .filter(node -> node != than)
                .findFirst()
                .orElseThrow();
    }

    /// All threads of all members read `key` at once.
    private List<Integer> readTogether(ExecutorService threads, String key) throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        List<Future<Integer>> reads = new ArrayList<>();
        for (Member member : members) {
            for (int i = 0; i < 8; i++) {
                reads.add(threads.submit(() -> {
                    go.await();
                    return member.of(key).get(key);
                }));
            }
        }
        go.countDown();
        List<Integer> values = new ArrayList<>();
        for (Future<Integer> read : reads) {
            values.add(read.get());
        }
        return values;
    }

    private void moveBackAndForth(String key, AtomicBoolean isOver, AtomicInteger moves) throws InterruptedException {
        int slot = HashSlot.of(key);
        while (!isOver.get()) {
            SlotMove move = cluster.move(slot, otherPrimary(cluster.primaryOf(slot)));
            Thread.sleep(3);
            move.moveKeys(1);
            Thread.sleep(3);
            move.finish();
            moves.incrementAndGet();
            Thread.sleep(5);
        }
    }

    /// Once for each invalidation; a load during which a redirect came is not filled, since nobody knows what the link
    /// to the old server missed, and is asked for again: once more for each move at most.
    private void loadedOncePerInvalidationThoughItsSlotMoves(String key) throws Exception {
        AtomicBoolean isOver = new AtomicBoolean();
        AtomicInteger moves = new AtomicInteger();
        source.put(key, 0);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> moving = threads.submit(() -> {
                moveBackAndForth(key, isOver, moves);
                return null;
            });
            try {
                for (int round = 1; round <= 40 || moves.get() < 5; round++) {
                    int before = loads.get();
                    int movesBefore = moves.get();
                    source.put(key, round);
                    members.get(round % CLIENTS).client.invalidate(List.of(key));
                    int now = round;
                    assertThat(readTogether(threads, key)).allMatch(value -> value <= now);
                    for (Member member : members) {
                        eventually(
                                () -> Integer.valueOf(now).equals(member.of(key).get(key)));
                    }
                    assertThat(loads.get() - before)
                            .as("loads of round " + round)
                            .isBetween(1, 2 + moves.get() - movesBefore);
                }
            } finally {
                isOver.set(true);
                moving.get();
            }
        }
        assertThat(moves.get()).isGreaterThanOrEqualTo(5);
    }

    @Test
    void aKeyIsLoadedOnceByTheFleetThoughItsSlotMoves() throws Exception {
        loadedOncePerInvalidationThoughItsSlotMoves("md:MOVED:quote");
    }

    @Test
    void soIsAKeyWhoseWritesAreLogged() throws Exception {
        loadedOncePerInvalidationThoughItsSlotMoves("margin:moved");
    }

    // F12 for loads: a primary dies

    @Test
    void loadsAndInvalidationsGoOnAfterAFailover() throws Exception {
        String key = "md:FAILS:quote";
        source.put(key, 1);
        int slot = HashSlot.of(key);
        RedisServer primary = cluster.primaryOf(slot);
        assertThat(members.getFirst().quotes.get(key)).isEqualTo(1);
        primary.kill();
        try {
            source.put(key, 2);
            // Waits for the new owner: nothing of it is an error.
            anyClient().invalidate(List.of(key));
            for (Member member : members) {
                eventually(() -> Integer.valueOf(2).equals(member.quotes.get(key)));
            }
        } finally {
            primary.restart();
            cluster.awaitReady();
        }
    }
}
