package io.cachewright.runtime;

import static io.cachewright.runtime.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.domain.HashSlot;
import io.cachewright.lab.deployment.ClusterSettings;
import io.cachewright.lab.deployment.RedisCluster;
import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerBinaries;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.WireConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// F12 by numbers: how long readers of each class go without an answer while the owner of their key fails over. The
/// figures are told, and decide nothing.
@Tag("long")
class FailoverTimeTest {

    private static final Duration NODE_TIMEOUT = Duration.ofMillis(1_500);
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long BEFORE_AND_AFTER_MILLIS = 1_000;
    /// Upper ends of the histogram of gaps.
    private static final long[] GAPS_MILLIS = {2, 10, 100, 1_000, 5_000, Long.MAX_VALUE};

    /// Reads one key a thousand times a second.
    private static final class Probe implements Runnable {
        private final NearCache<Integer> cache;
        private final String key;
        private final int[] gaps = new int[GAPS_MILLIS.length];
        private int reads;
        private int failed;
        private long longestReadNanos;
        private long longestGapNanos;
        private volatile long answeredNanos;
        private volatile boolean isOver;

        Probe(NearCache<Integer> cache, String key) {
            this.cache = cache;
            this.key = key;
        }

        @Override
        public void run() {
            answeredNanos = System.nanoTime();
            while (!isOver) {
                long invoked = System.nanoTime();
                boolean isAnswered = isAnswered();
                long returned = System.nanoTime();
                reads++;
                longestReadNanos = Math.max(longestReadNanos, returned - invoked);
                if (isAnswered) {
                    gap(returned - answeredNanos);
                    answeredNanos = returned;
                } else {
                    failed++;
                }
                LockSupport.parkNanos(invoked + PERIOD_NANOS - returned);
            }
        }

        private boolean isAnswered() {
            try {
                return cache.read(key).value() != null;
            } catch (CacheException _) {
                return false;
            }
        }

        private void gap(long nanos) {
            longestGapNanos = Math.max(longestGapNanos, nanos);
            int bucket = 0;
            while (TimeUnit.NANOSECONDS.toMillis(nanos) >= GAPS_MILLIS[bucket]) {
                bucket++;
            }
            gaps[bucket]++;
        }

        String told(String fault) {
            return String.format(
                    "%-12s %-10s %,7d reads, %,6d failed, longest read %6.1f ms, longest gap %7.1f ms,"
                            + " gaps < 2 | 10 | 100 | 1,000 | 5,000 ms | more: %s",
                    fault,
                    cache.policy().name(),
                    reads,
                    failed,
                    longestReadNanos / 1e6,
                    longestGapNanos / 1e6,
                    Arrays.toString(gaps));
        }
    }

    @FunctionalInterface
    private interface Fault {
        /// Returns when another node than `primary` owns its slots.
        void happen(RedisCluster cluster, RedisServer primary);
    }

    private static String keyOf(String name, RedisCluster cluster, RedisServer primary) {
        return IntStream.range(0, 1_000)
                .mapToObj(i -> name + ":" + i)
                .filter(key -> cluster.primaryOf(HashSlot.of(key)) == primary)
                .findFirst()
                .orElseThrow();
    }

    private static void probe(String told, Fault fault) throws Exception {
        try (RedisCluster cluster = RedisCluster.start(
                        ServerBinaries.embedded(), new ClusterSettings(ServerSettings.onTcp(), 3, 1, NODE_TIMEOUT));
                CachewrightClient client = ClientUnderTest.guarded().open(new World.Cluster(cluster));
                ExecutorService threads = Executors.newCachedThreadPool()) {
            RedisServer primary = cluster.primaryOf(0);
            List<Probe> probes = new ArrayList<>();
            try (WireConnection toPrimary = primary.connect()) {
                for (String name : ClientUnderTest.CLASSES) {
                    String key = keyOf(name, cluster, primary);
                    toPrimary.call("SET", key, "1").orThrow();
                    NearCache<Integer> cache = client.nearCache(name, new ClientUnderTest.VersionCodec());
                    eventually(() -> isNear(cache, key));
                    probes.add(new Probe(cache, key));
                }
                assertThat(toPrimary.call("WAIT", "1", "30000").integer()).isOne();
            }
            List<Future<?>> running = new ArrayList<>();
            try {
                probes.forEach(probe -> running.add(threads.submit(probe)));
                Thread.sleep(BEFORE_AND_AFTER_MILLIS);
                fault.happen(cluster, primary);
                long isOver = System.nanoTime();
                for (Probe probe : probes) {
                    eventually(() -> probe.answeredNanos - isOver > 0);
                }
                Thread.sleep(BEFORE_AND_AFTER_MILLIS);
            } finally {
                probes.forEach(probe -> probe.isOver = true);
            }
            for (Future<?> each : running) {
                each.get(FaultRun.AMPLE.toSeconds(), TimeUnit.SECONDS);
            }
            for (Probe probe : probes) {
                System.out.println(probe.told(told));
                assertThat(Duration.ofNanos(probe.longestReadNanos))
                        .as("the longest read of " + probe.key)
                        .isLessThan(FaultRun.AMPLE);
            }
        }
    }

    private static boolean isNear(NearCache<Integer> cache, String key) {
        try {
            return cache.read(key).source() == Source.NEAR;
        } catch (CacheException _) {
            return false;
        }
    }

    @Test
    void readsGoOnWhenThePrimaryDies() throws Exception {
        probe("kill -9", (cluster, primary) -> {
            primary.kill();
            cluster.awaitOwnerOtherThan(primary, 0, SOON);
        });
    }

    @Test
    void readsGoOnWhenThePrimaryStandsStill() throws Exception {
        probe("kill -STOP", (cluster, primary) -> {
            primary.pause();
            cluster.awaitOwnerOtherThan(primary, 0, SOON);
        });
    }

    @Test
    void readsGoOnWhenAReplicaTakesOverOnDemand() throws Exception {
        probe(
                "on demand",
                (cluster, primary) -> cluster.failover(cluster.replicaOf(primary), RedisCluster.Failover.AGREED));
    }
}
