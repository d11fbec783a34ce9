package io.cachewright.lab.deployment;

import io.cachewright.domain.HashSlot;
import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerBinary;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.Address;
import io.cachewright.lab.wire.Reply;
import io.cachewright.lab.wire.WireConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// A cluster: shards of one primary with its replicas each.
public final class RedisCluster implements AutoCloseable {

    /// How a replica takes over, as `CLUSTER FAILOVER` has it.
    public enum Failover {
        /// Together with the primary: nothing is lost.
        AGREED,
        /// Without the primary, with the votes of the others.
        FORCE,
        /// Without asking anybody.
        TAKEOVER
    }

    private static final Duration READY_WITHIN = Duration.ofSeconds(60);

    private final ClusterSettings settings;
    private final List<RedisServer> nodes = new ArrayList<>();

    /// Starts all nodes and returns when they agree that the cluster is up and every replica follows.
    ///
    /// @throws io.cachewright.lab.server.ServerUnavailable when it does not get ready
    public static RedisCluster start(ServerBinary binary, ClusterSettings settings) {
        RedisCluster cluster = new RedisCluster(settings);
        try {
            cluster.startAll(binary);
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    private RedisCluster(ClusterSettings settings) {
        this.settings = settings;
    }

    private ServerSettings ofEachNode() {
        return settings.nodes()
                .with("cluster-enabled", "yes")
                .with("cluster-config-file", "nodes.conf")
                .with(
                        "cluster-node-timeout",
                        Long.toString(settings.nodeTimeout().toMillis()))
                .with("cluster-replica-validity-factor", "0")
                .with("repl-diskless-sync-delay", "0");
    }

    private void startAll(ServerBinary binary) {
        ServerSettings each = ofEachNode();
        int shards = settings.shards();
        int count = shards * (1 + settings.replicasPerShard());
        for (int i = 0; i < count; i++) {
            nodes.add(RedisServer.start(binary, each));
        }
        for (int i = 0; i < count; i++) {
            command(nodes.get(i), "CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(i + 1));
        }
        for (int i = 0; i < shards; i++) {
            List<String> add = new ArrayList<>(List.of("CLUSTER", "ADDSLOTS"));
            for (int slot = firstSlot(i); slot < firstSlot(i + 1); slot++) {
                add.add(Integer.toString(slot));
            }
            command(nodes.get(i), add.toArray(String[]::new));
        }
        Address.Tcp first = (Address.Tcp) nodes.getFirst().address();
        for (RedisServer node : nodes.subList(1, count)) {
            command(node, "CLUSTER", "MEET", first.host(), Integer.toString(first.port()));
        }
        Patience.await(
                "all nodes know each other",
                READY_WITHIN,
                () -> nodes.stream()
                        .allMatch(node ->
                                info(node, "cluster_known_nodes").equals(Optional.of(Integer.toString(count)))));
        for (int i = shards; i < count; i++) {
            command(nodes.get(i), "CLUSTER", "REPLICATE", id(nodes.get(i % shards)));
        }
        awaitReady();
    }

    /// Starts one more primary, which owns no slot yet, and returns when all nodes know it.
    public RedisServer addPrimary(ServerBinary binary) {
        Address.Tcp first = (Address.Tcp) nodes.getFirst().address();
        RedisServer added = RedisServer.start(binary, ofEachNode());
        nodes.add(added);
        command(added, "CLUSTER", "MEET", first.host(), Integer.toString(first.port()));
        Patience.await(
                "all nodes know the new one",
                READY_WITHIN,
                () -> nodes.stream()
                        .allMatch(node ->
                                info(node, "cluster_known_nodes").equals(Optional.of(Integer.toString(nodes.size())))));
        awaitReady();
        return added;
    }

    private int firstSlot(int shard) {
        return shard * HashSlot.COUNT / settings.shards();
    }

    /// Waits until all living nodes agree that the cluster is up and their replicas follow.
    public void awaitReady() {
        Patience.await(
                "the cluster is up",
                READY_WITHIN,
                () -> nodes.stream()
                        .filter(RedisServer::isAlive)
                        .allMatch(node -> info(node, "cluster_state").equals(Optional.of("ok")) && follows(node)));
    }

    private static boolean follows(RedisServer node) {
        Optional<Reply> replication = Patience.ask(node, "INFO", "replication");
        return Patience.field(replication, "role").equals(Optional.of("master"))
                || Patience.field(replication, "master_link_status").equals(Optional.of("up"));
    }

    private static Optional<String> info(RedisServer node, String field) {
        return Patience.field(Patience.ask(node, "CLUSTER", "INFO"), field);
    }

    private static String id(RedisServer node) {
        return Patience.ask(node, "CLUSTER", "MYID").orElseThrow().text();
    }

    private static void command(RedisServer node, String... arguments) {
        try (WireConnection connection = node.connect()) {
            connection.call(arguments).orThrow();
        }
    }

    /// All nodes; the first ones began as primaries.
    public List<RedisServer> nodes() {
        return List.copyOf(nodes);
    }

    /// `redis-cluster://…` with all nodes, as clients are given it.
    public String uri() {
        return "redis-cluster://"
                + String.join(
                        ",",
                        nodes.stream().map(each -> each.address().toString()).toList());
    }

    /// The node that owns `slot` as most living nodes see it. After a move they may have to tell each other
    /// first, so it waits for that.
    ///
    /// @throws io.cachewright.lab.server.ServerUnavailable when they do not agree in time
    public RedisServer primaryOf(int slot) {
        AtomicReference<Optional<RedisServer>> owner = new AtomicReference<>(Optional.empty());
        Patience.await("that the nodes agree who owns slot " + slot, READY_WITHIN, () -> {
            owner.set(ownerByMost(slot));
            return owner.get().isPresent();
        });
        return owner.get().orElseThrow();
    }

    private Optional<RedisServer> ownerByMost(int slot) {
        List<Integer> ports =
                nodes.stream().flatMap(node -> ownerPort(node, slot).stream()).toList();
        return nodes.stream()
                .filter(node ->
                        ports.stream().filter(port -> port == port(node)).count() * 2 > ports.size())
                .findFirst();
    }

    private static Optional<Integer> ownerPort(RedisServer asked, int slot) {
        return Patience.ask(asked, "CLUSTER", "SLOTS")
                .filter(reply -> !reply.isError())
                .flatMap(reply -> reply.elements().stream()
                        .map(Reply::elements)
                        .filter(range -> range.get(0).integer() <= slot
                                && slot <= range.get(1).integer())
                        .map(range -> (int) range.get(2).elements().get(1).integer())
                        .findFirst());
    }

    private static int port(RedisServer node) {
        return node.port().orElseThrow();
    }

    /// A living replica of `primary`.
    public RedisServer replicaOf(RedisServer primary) {
        return nodes.stream()
                .filter(node -> Patience.field(Patience.ask(node, "INFO", "replication"), "master_port")
                        .equals(Optional.of(Integer.toString(port(primary)))))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(primary + " has no replica"));
    }

    /// Makes `replica` the primary of its shard and returns when all living nodes know.
    public void failover(RedisServer replica, Failover how) {
        switch (how) {
            case AGREED -> command(replica, "CLUSTER", "FAILOVER");
            case FORCE -> command(replica, "CLUSTER", "FAILOVER", "FORCE");
            case TAKEOVER -> command(replica, "CLUSTER", "FAILOVER", "TAKEOVER");
        }
        awaitPrimary(replica, READY_WITHIN);
    }

    /// Waits until some living node other than `old` owns `slot` in the eyes of all of them.
    public RedisServer awaitOwnerOtherThan(RedisServer old, int slot, Duration within) {
        Patience.await(
                "a failover from " + old,
                within,
                () -> nodes.stream()
                        .filter(node -> node.isAlive() && node != old)
                        .allMatch(node -> ownerPort(node, slot)
                                        .filter(port -> port != port(old))
                                        .isPresent()
                                && info(node, "cluster_state").equals(Optional.of("ok"))));
        return primaryOf(slot);
    }

    private void awaitPrimary(RedisServer replica, Duration within) {
        Patience.await(
                replica + " becomes primary",
                within,
                () -> nodes.stream()
                        .filter(RedisServer::isAlive)
                        .allMatch(node -> Patience.ask(node, "CLUSTER", "SLOTS").stream()
                                .filter(reply -> !reply.isError())
                                .flatMap(reply -> reply.elements().stream())
                                .anyMatch(range -> range.elements()
                                                .get(2)
                                                .elements()
                                                .get(1)
                                                .integer()
                                        == port(replica))));
    }

    /// Begins to move `slot` to `target`: the first of the three steps, between which the slot is in two places.
    public SlotMove move(int slot, RedisServer target) {
        return new SlotMove(slot, primaryOf(slot), target, List.copyOf(nodes));
    }

    @Override
    public void close() {
        nodes.reversed().forEach(RedisServer::close);
    }

    static String idOf(RedisServer node) {
        return id(node);
    }
}
