package io.cachewright.runtime;

import static io.cachewright.runtime.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.domain.policy.CacheClass;
import io.cachewright.domain.policy.Freshness;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.WireConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// F7 by numbers: clients that come and go read a million keys, of which the server can watch a thousand.
@Tag("long")
class TrackingTableTest {

    private static final int TABLE_KEYS = 1_000;
    private static final int KEYS = 1_000_000;
    private static final int CLIENTS = 50;
    private static final int KEYS_PER_CLIENT = KEYS / CLIENTS;
    private static final int CLIENTS_AT_A_TIME = 5;
    private static final int THREADS_PER_CLIENT = 8;

    /// So long that nothing is given up only because this machine is slow.
    private static final Duration AMPLE = Duration.ofSeconds(60);

    private static FaultRun<World.Single> start(ClientUnderTest setup) throws InterruptedException {
        World.Single world = new World.Single(ServerSettings.onTcp()
                .with("tracking-table-max-keys", Integer.toString(TABLE_KEYS))
                .with("enable-debug-command", "yes"));
        try (WireConnection other = world.server.connect()) {
            other.call("DEBUG", "POPULATE", Integer.toString(KEYS), "wide").orThrow();
        }
        return new FaultRun<>(world, setup.with(Tracking.OPT_IN)).start();
    }

    /// A client that reads its share of the keys and goes.
    private static void comeAndGo(World.Single world, int number) throws InterruptedException, ExecutionException {
        try (CachewrightClient client = CachewrightClient.builder("redis://" + world.server.address())
                        .detectWithin(AMPLE)
                        .readTimeout(AMPLE)
                        .tracking(Tracking.OPT_IN)
                        .cacheClass(CacheClass.builder("wide", "wide:")
                                .freshness(Freshness.bestEffort())
                                .build())
                        .build();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            NearCache<String> wide = client.nearCache("wide", Codec.utf8());
            List<Future<?>> readers = new ArrayList<>();
            for (int thread = 0; thread < THREADS_PER_CLIENT; thread++) {
                int first = number * KEYS_PER_CLIENT + thread;
                readers.add(threads.submit(() -> {
                    for (int i = first; i < (number + 1) * KEYS_PER_CLIENT; i += THREADS_PER_CLIENT) {
                        assertThat(wide.get("wide:" + i)).isEqualTo("value:" + i);
                    }
                }));
            }
            for (Future<?> reader : readers) {
                reader.get();
            }
        }
    }

    /// @param keys the most that the table held
    /// @param items the most pairs of a key and a client in it
    private record Most(long keys, long items) {}

    private static Most watch(WireConnection other, List<Future<?>> until) throws InterruptedException {
        long keys = 0;
        long items = 0;
        while (!until.stream().allMatch(Future::isDone)) {
            keys = Math.max(keys, TrackingFaultTest.info(other, "stats", "tracking_total_keys"));
            items = Math.max(items, TrackingFaultTest.info(other, "stats", "tracking_total_items"));
            Thread.sleep(20);
        }
        return new Most(keys, items);
    }

    @Test
    void whileAMillionKeysAreReadByClientsThatComeAndGoNothingIsStale() throws Exception {
        try (FaultRun<World.Single> run = start(ClientUnderTest.guarded().patient());
                WireConnection other = run.world.server.connect();
                ExecutorService crowd = Executors.newFixedThreadPool(CLIENTS_AT_A_TIME)) {
            List<Future<?>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                int number = i;
                clients.add(crowd.submit(() -> {
                    comeAndGo(run.world, number);
                    return number;
                }));
            }
            Most most = watch(other, clients);
            for (Future<?> each : clients) {
                each.get();
            }
            eventually(() -> run.history.countOf(Source.NEAR) > 0);
            assertThat(run.violations()).isEmpty();
            System.out.printf(
                    "%,d keys read by %d clients, %,d reads checked beside them, at most %,d keys and %,d items in the"
                            + " table%n",
                    KEYS, CLIENTS, run.history.size(), most.keys, most.items);
            assertThat(most.keys).isBetween(1L, (long) TABLE_KEYS);
            run.assertNothingStaleForGood();
        }
    }

    @Test
    void withoutHeedOfKeysThatTheServerForgetsTheCheckerSeesStaleReads() throws Exception {
        ClientUnderTest setup = ClientUnderTest.guarded().patient();
        try (FaultRun<World.Single> run = start(setup.with(
                BrokenLinks.dropping(drops -> new TrackingFaultTest.KeepsWhatNobodyWrote(drops, setup.written()))))) {
            assertThat(run.violationsOf(() -> comeAndGo(run.world, 0))).isNotEmpty();
        }
    }
}
