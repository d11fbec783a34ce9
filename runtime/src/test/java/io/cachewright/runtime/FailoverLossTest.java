package io.cachewright.runtime;

import static io.cachewright.runtime.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cachewright.domain.HashSlot;
import io.cachewright.domain.policy.CacheClass;
import io.cachewright.domain.policy.Durability;
import io.cachewright.lab.deployment.ClusterSettings;
import io.cachewright.lab.deployment.RedisCluster;
import io.cachewright.lab.deployment.SentinelSettings;
import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerBinaries;
import io.cachewright.lab.server.ServerBinary;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.WireConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// F10 where Sentinels or a cluster fail over by themselves: writers go on all the while, and of what was acknowledged
/// each durability loses what it says.
class FailoverLossTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int WRITERS = 40;
    private static final String FILLED = "filler";

    /// Writes until it is closed; what was acknowledged.
    private static final class Writing implements AutoCloseable {
        final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        private final List<Future<?>> writers = new ArrayList<>();
        private final AtomicLong next = new AtomicLong();
        private volatile boolean isOver;

        Writing(NearCache<String> orders) {
            for (int i = 0; i < WRITERS; i++) {
                writers.add(threads.submit(() -> {
                    while (!isOver) {
                        String key = "order:" + next.incrementAndGet();
                        try {
                            orders.put(key, "filled", Duration.ZERO);
                            acknowledged.add(key);
                        } catch (CacheException _) {
                            // Nobody was promised anything.
                        }
                        Thread.sleep(1);
                    }
                    return null;
                }));
            }
        }

        void awaitMore(int count) throws InterruptedException {
            int wanted = acknowledged.size() + count;
            eventually(() -> acknowledged.size() >= wanted);
        }

        long lost(Function<String, RedisServer> owner) throws Exception {
            isOver = true;
            for (Future<?> writer : writers) {
                writer.get();
            }
            return acknowledged.stream()
                    .filter(key -> {
                        try (WireConnection connection = owner.apply(key).connect()) {
                            return connection.call("EXISTS", key).integer() == 0;
                        }
                    })
                    .count();
        }

        @Override
        public void close() {
            isOver = true;
            threads.close();
        }
    }

    private static CachewrightClient client(World world, Durability durability) {
        return CachewrightClient.builder(world.uri())
                .mapping(world.mapping())
                .detectWithin(Duration.ofMillis(100))
                .readTimeout(Duration.ofSeconds(4))
                .cacheClass(CacheClass.builder("orders", "order:")
                        .durability(durability)
                        .build())
                .build();
    }

    private static Optional<ServerBinary> withWaitAof() {
        return ServerBinaries.all().stream()
                .filter(binary -> binary.version().major() >= 8)
                .findFirst();
    }

    private static final ServerSettings ON_DISK =
            ServerSettings.onTcp().with("appendonly", "yes").with("appendfsync", "everysec");

    // Sentinels: the primary is cut off from replicas and Sentinels, and goes on answering its clients

    private static long lostUnderSentinels(ServerBinary binary, ServerSettings servers, Durability durability)
            throws Exception {
        SentinelSettings settings =
                SentinelSettings.usual().withServers(servers).behindProxies();
        try (World.Sentinel world = new World.Sentinel(binary, settings);
                CachewrightClient client = client(world, durability);
                Writing writing = new Writing(client.nearCache("orders", Codec.utf8()))) {
            writing.awaitMore(100);
            RedisServer old = world.set.primary();
            world.set.proxyOf(old).openHole();
            if (durability instanceof Durability.Async) {
                // More than the writers had under way: no other server will ever have the rest.
                writing.awaitMore(2 * WRITERS);
            }
            RedisServer next = world.set.awaitPrimaryOtherThan(old, SOON);
            writing.awaitMore(100);
            return writing.lost(_ -> next);
        }
    }

    @Test
    void underSentinelsAReplicatedWriteIsNeverLost() throws Exception {
        assertThat(lostUnderSentinels(ServerBinaries.embedded(), ServerSettings.onTcp(), Durability.replicated(1)))
                .isZero();
    }

    @Tag("long")
    @Test
    void underSentinelsADurableWriteIsNeverLost() throws Exception {
        Optional<ServerBinary> binary = withWaitAof();
        assumeTrue(binary.isPresent(), "no server with WAITAOF at hand (CACHEWRIGHT_SERVERS)");
        assertThat(lostUnderSentinels(binary.orElseThrow(), ON_DISK, Durability.durable(1)))
                .isZero();
    }

    @Test
    void underSentinelsAsynchronousWritesAreLost() throws Exception {
        assertThat(lostUnderSentinels(ServerBinaries.embedded(), ServerSettings.onTcp(), Durability.async()))
                .isPositive();
    }

    // A cluster: the replica stands still, then the primary is killed

    /// More than the kernel keeps for a replica that does not read.
    private static void fillSockets(RedisServer primary, String key) {
        String filler = "x".repeat(1_000_000);
        try (WireConnection connection = primary.connect()) {
            for (int i = 0; i < 30; i++) {
                connection.call("SET", key, filler).orThrow();
            }
        }
    }

    private static long lostInACluster(ServerBinary binary, ServerSettings nodes, Durability durability)
            throws Exception {
        try (RedisCluster cluster =
                        RedisCluster.start(binary, ClusterSettings.usual().withNodes(nodes));
                CachewrightClient client = client(new World.Cluster(cluster), durability);
                Writing writing = new Writing(client.nearCache("orders", Codec.utf8()))) {
            writing.awaitMore(100);
            int slot = HashSlot.of(FILLED);
            RedisServer primary = cluster.primaryOf(slot);
            RedisServer replica = cluster.replicaOf(primary);
            replica.pause();
            fillSockets(primary, FILLED);
            // Those of the other shards are acknowledged all the while.
            writing.awaitMore(50);
            primary.kill();
            replica.resume();
            cluster.awaitOwnerOtherThan(primary, slot, SOON);
            writing.awaitMore(100);
            return writing.lost(key -> cluster.primaryOf(HashSlot.of(key)));
        }
    }

    @Tag("long")
    @Test
    void inAClusterAReplicatedWriteIsNeverLost() throws Exception {
        assertThat(lostInACluster(ServerBinaries.embedded(), ServerSettings.onTcp(), Durability.replicated(1)))
                .isZero();
    }

    @Tag("long")
    @Test
    void inAClusterADurableWriteIsNeverLost() throws Exception {
        Optional<ServerBinary> binary = withWaitAof();
        assumeTrue(binary.isPresent(), "no server with WAITAOF at hand (CACHEWRIGHT_SERVERS)");
        assertThat(lostInACluster(binary.orElseThrow(), ON_DISK, Durability.durable(1)))
                .isZero();
    }

    @Tag("long")
    @Test
    void inAClusterAsynchronousWritesAreLost() throws Exception {
        assertThat(lostInACluster(ServerBinaries.embedded(), ServerSettings.onTcp(), Durability.async()))
                .isPositive();
    }
}
