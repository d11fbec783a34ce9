package io.cachewright.runtime;

import static io.cachewright.runtime.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.domain.HashSlot;
import io.cachewright.lab.deployment.ClusterSettings;
import io.cachewright.lab.deployment.RedisCluster;
import io.cachewright.lab.fault.FaultProxy;
import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerBinaries;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.Address;
import io.cachewright.lab.wire.WireConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// F11 in a cluster: one primary and the client are cut off from all others, who promote its replica, while the old
/// primary goes on taking writes; then the network heals.
class ClusterSplitBrainTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration USUAL = ClusterSettings.usual().nodeTimeout();
    private static final Duration LASTING = Duration.ofMinutes(5);
    /// Of the packets of the cluster bus, by which a node hears of the others: what answers its own pings.
    private static final String PONG = "1";
    private static final String NONE = "-1";

    private static RedisCluster cluster;
    /// Before the bus of each node that was cut off once: the others know it by this address from then on.
    private static final List<FaultProxy> buses = new ArrayList<>();

    @BeforeAll
    static void start() {
        cluster = RedisCluster.start(
                ServerBinaries.embedded(),
                ClusterSettings.usual().withNodes(ServerSettings.onTcp().with("enable-debug-command", "yes")));
    }

    @AfterAll
    static void stop() {
        buses.forEach(FaultProxy::close);
        cluster.close();
    }

    private static void nodeTimeout(Duration timeout) {
        String millis = Long.toString(timeout.toMillis());
        cluster.nodes().forEach(node -> command(node, "CONFIG", "SET", "cluster-node-timeout", millis));
    }

    private static void command(RedisServer node, String... arguments) {
        try (WireConnection connection = node.connect()) {
            connection.call(arguments).orThrow();
        }
    }

    private static boolean isReplica(RedisServer node) {
        try (WireConnection connection = node.connect()) {
            return connection.call("INFO", "replication").text().contains("role:slave");
        }
    }

    /// The cluster as a client sees it whose ways to the nodes can be broken.
    private static final class Divided implements World {
        private final World.Cluster whole = new World.Cluster(cluster);
        private final Map<RedisServer, FaultProxy> ways = new HashMap<>();
        final RedisServer old = cluster.primaryOf(0);
        private final FaultProxy bus;

        Divided() throws InterruptedException {
            for (RedisServer node : cluster.nodes()) {
                ways.put(node, FaultProxy.before(address(node)));
            }
            bus = FaultProxy.before(new Address.Tcp("127.0.0.1", address(old).port() + 10_000));
            buses.add(bus);
            command(
                    old,
                    "CONFIG",
                    "SET",
                    "cluster-announce-bus-port",
                    Integer.toString(bus.address().port()));
            eventually(() -> bus.accepted() >= cluster.nodes().size() - 1);
            cluster.awaitReady();
        }

        private static Address.Tcp address(RedisServer node) {
            return (Address.Tcp) node.address();
        }

        /// The old primary and the client hear nothing of the others any more, who promote its replica.
        void divide() {
            // The old primary does not come to the conclusion that it is the one who is missing.
            nodeTimeout(LASTING);
            bus.openHole();
            command(old, "DEBUG", "DROP-CLUSTER-PACKET-FILTER", PONG);
            ways.forEach((node, way) -> {
                if (node != old) {
                    way.openHole();
                }
            });
            // The new primary has no replica.
            whole.replicas = 0;
            command(cluster.replicaOf(old), "CLUSTER", "FAILOVER", "TAKEOVER");
            cluster.awaitOwnerOtherThan(old, 0, SOON);
        }

        @Override
        public void restore() {
            command(old, "DEBUG", "DROP-CLUSTER-PACKET-FILTER", NONE);
            bus.restore();
            ways.values().forEach(FaultProxy::restore);
        }

        /// The old primary follows the new one.
        void heal() throws InterruptedException {
            restore();
            eventually(() -> isReplica(old));
            nodeTimeout(USUAL);
            cluster.awaitReady();
            whole.replicas = 1;
        }

        @Override
        public String uri() {
            return whole.uri();
        }

        @Override
        public UnaryOperator<NodeAddress> mapping() {
            Map<NodeAddress, NodeAddress> mapped = new HashMap<>();
            ways.forEach((node, way) -> mapped.put(nodeAt(address(node)), nodeAt(way.address())));
            return address -> mapped.getOrDefault(address, address);
        }

        private static NodeAddress nodeAt(Address.Tcp address) {
            return new NodeAddress(address.host(), address.port());
        }

        @Override
        public Writer writer() {
            return whole.writer();
        }

        @Override
        public void close() {
            ways.values().forEach(FaultProxy::close);
        }
    }

    /// Writes to one node, whatever becomes of it: nothing is acknowledged.
    private record WriterTo(WireConnection node) implements World.Writer {
        @Override
        public boolean write(String key, String value) {
            node.call("SET", key, value).orThrow();
            return false;
        }

        @Override
        public @Nullable String read(String key) {
            return World.Writer.textOf(node.call("GET", key));
        }

        @Override
        public void close() {
            node.close();
        }
    }

    private static boolean reads(FaultRun<Divided> run, String key, int version) {
        try {
            return Integer.valueOf(version).equals(run.cacheOf(key).get(key));
        } catch (CacheException _) {
            return false;
        }
    }

    /// Both sides take writes, and the client keeps what the old primary feeds it; then the network heals. Gives the
    /// keys of the old primary.
    private static List<String> divideAndHeal(FaultRun<Divided> run) throws InterruptedException {
        run.start();
        run.pass(200);
        run.stopWriting();
        run.awaitNear();
        Divided world = run.world;
        List<String> keys = run.keys().stream()
                .filter(key -> cluster.primaryOf(HashSlot.of(key)) == world.old)
                .toList();
        world.divide();
        try (WriterTo old = new WriterTo(world.old.connect())) {
            for (int round = 0; round < 2; round++) {
                keys.forEach(key -> assertThat(run.write(old, key)).isFalse());
                for (String key : keys) {
                    eventually(() -> reads(run, key, run.versionOf(key)));
                }
                run.write(keys);
            }
            // What the old primary was told last is read, and will be lost.
            for (String key : keys) {
                eventually(() -> reads(run, key, run.versionOf(key) - 1));
                assertThat(old.read(key)).isEqualTo(Integer.toString(run.versionOf(key) - 1));
            }
        }
        world.heal();
        return keys;
    }

    private static FaultRun<Divided> run(Links.LinkFactory links) throws InterruptedException {
        return FaultRun.on(new Divided(), links);
    }

    @Test
    void whatTheOldPrimaryFedIsDroppedWhenTheClusterHealsAndNothingGoesBack() throws Exception {
        try (FaultRun<Divided> run = run(ServerLink::new)) {
            for (String key : divideAndHeal(run)) {
                eventually(() -> reads(run, key, run.versionOf(key)));
            }
            long healed = System.nanoTime();
            run.goOnWriting();
            run.awaitNear();
            run.pass(300);
            run.violations();
            // While there are two primaries nobody can know what the other one was told.
            assertThat(run.history.regressions()).isEmpty();
            assertThat(run.history.violationsAfter(healed)).isEmpty();
            run.assertNothingStaleForGood();
        }
    }

    /// Whatever the old primary fed stays, though it owns the slots no more and says itself that all is void.
    private static final class KeepsWhatItFed extends ClusterFaultTest.KeepsWhatMoved {
        KeepsWhatItFed(Drops to) {
            super(to);
        }

        @Override
        public void dropAll() {
            // Nothing is void.
        }
    }

    @Tag("long")
    @Test
    void withoutTheDropOfWhatMovedItIsServedForGood() throws Exception {
        try (FaultRun<Divided> run = run((client, endpoint, settings, drops) ->
                new ServerLink(client, endpoint, settings, new KeepsWhatItFed(drops), KeepsOverReconnect::new))) {
            List<String> effort = divideAndHeal(run).stream()
                    .filter(key -> key.startsWith("effort:"))
                    .toList();
            // Everything that is to come from the old primary and from the new one has come.
            for (String key : effort) {
                run.readOnceProved(key);
            }
            assertThat(effort)
                    .isNotEmpty()
                    .allSatisfy(key ->
                            assertThat(reads(run, key, run.versionOf(key) - 1)).isTrue());
        }
    }
}
