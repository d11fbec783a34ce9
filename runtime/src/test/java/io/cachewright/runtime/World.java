package io.cachewright.runtime;

import io.cachewright.domain.HashSlot;
import io.cachewright.lab.deployment.ClusterSettings;
import io.cachewright.lab.deployment.RedisCluster;
import io.cachewright.lab.deployment.SentinelSet;
import io.cachewright.lab.deployment.SentinelSettings;
import io.cachewright.lab.deployment.SlotMove;
import io.cachewright.lab.fault.FaultProxy;
import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerBinaries;
import io.cachewright.lab.server.ServerBinary;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.Address;
import io.cachewright.lab.wire.Credentials;
import io.cachewright.lab.wire.Reply;
import io.cachewright.lab.wire.WireConnection;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Servers to read from, and a way to write to them that the client under test knows nothing of.
interface World extends AutoCloseable {

    String uri();

    /// How the client reaches the addresses that servers tell of each other.
    default UnaryOperator<NodeAddress> mapping() {
        return UnaryOperator.identity();
    }

    /// A writer of its own for each thread.
    Writer writer();

    /// Ends all faults.
    void restore();

    @Override
    void close();

    /// Writes by itself, over connections of its own.
    interface Writer extends AutoCloseable {
        /// Whether the write was acknowledged, and will not be lost by a failover; otherwise nobody knows.
        boolean write(String key, String value);

        /// What the server that owns `key` holds; null when nothing.
        @Nullable
        String read(String key);

        static @Nullable String textOf(Reply reply) {
            return reply instanceof Reply.Null ? null : reply.text();
        }

        @Override
        void close();
    }

    /// One server behind a proxy.
    final class Single implements World {
        final RedisServer server;
        final FaultProxy proxy;

        Single(ServerSettings settings) {
            this(ServerBinaries.embedded(), settings);
        }

        Single(ServerBinary binary, ServerSettings settings) {
            server = RedisServer.start(binary, settings);
            proxy = FaultProxy.before((Address.Tcp) server.address());
        }

        @Override
        public String uri() {
            return "redis://" + proxy.address();
        }

        @Override
        public Writer writer() {
            WireConnection connection = server.connect();
            return new Writer() {
                @Override
                public boolean write(String key, String value) {
                    return !connection.call("SET", key, value).orThrow().isError();
                }

                @Override
                public @Nullable String read(String key) {
                    return Writer.textOf(connection.call("GET", key));
                }

                @Override
                public void close() {
                    connection.close();
                }
            };
        }

        @Override
        public void restore() {
            proxy.restore();
        }

        @Override
        public void close() {
            proxy.close();
            server.close();
        }
    }

    /// A primary with replicas under Sentinels.
    final class Sentinel implements World {

        private static final Duration ANSWER_WITHIN = Duration.ofMillis(300);

        final SentinelSet set;
        private final Map<RedisServer, FaultProxy> ways = new HashMap<>();
        /// Replicas that must have a write before it counts as acknowledged.
        volatile int replicas = 1;

        Sentinel(SentinelSettings settings) {
            this(ServerBinaries.embedded(), settings);
        }

        Sentinel(ServerBinary binary, SentinelSettings settings) {
            set = SentinelSet.start(binary, settings);
            for (RedisServer server : set.servers()) {
                ways.put(server, FaultProxy.before((Address.Tcp) server.address()));
            }
        }

        /// The client's own way to `server`, which is none of those through which the servers know each other.
        FaultProxy wayTo(RedisServer server) {
            return Objects.requireNonNull(ways.get(server));
        }

        @Override
        public String uri() {
            return set.uri();
        }

        @Override
        public UnaryOperator<NodeAddress> mapping() {
            Map<NodeAddress, NodeAddress> mapped = new HashMap<>();
            ways.forEach((server, way) -> mapped.put(nodeAt(set.knownAddress(server)), nodeAt(way.address())));
            return address -> mapped.getOrDefault(address, address);
        }

        private static NodeAddress nodeAt(Address.Tcp address) {
            return new NodeAddress(address.host(), address.port());
        }

        /// Writes to the primary that the Sentinels name, and has a write acknowledged when so many
        /// replicas have it too.
        @Override
        public Writer writer() {
            return new Writer() {
                private @Nullable WireConnection connection;

                @Override
                public boolean write(String key, String value) {
                    try {
                        WireConnection open = connection;
                        if (open == null || !open.isOpen()) {
                            open = WireConnection.open(
                                    set.primary().address(), Optional.empty(), ANSWER_WITHIN, ANSWER_WITHIN);
                            connection = open;
                        }
                        boolean isWritten = !open.call("SET", key, value).isError();
                        if (isWritten
                                && open.call("WAIT", Integer.toString(replicas), "200")
                                                .integer()
                                        >= replicas) {
                            return true;
                        }
                    } catch (UncheckedIOException | IllegalStateException _) {
                        // It is failing over.
                    }
                    close();
                    return false;
                }

                @Override
                public @Nullable String read(String key) {
                    try (WireConnection toPrimary = set.primary().connect()) {
                        return Writer.textOf(toPrimary.call("GET", key));
                    }
                }

                @Override
                public void close() {
                    if (connection != null) {
                        connection.close();
                        connection = null;
                    }
                }
            };
        }

        @Override
        public void restore() {
            set.servers().stream().filter(RedisServer::isAlive).forEach(RedisServer::resume);
            ways.values().forEach(FaultProxy::restore);
        }

        @Override
        public void close() {
            ways.values().forEach(FaultProxy::close);
            set.close();
        }
    }

    /// A cluster, which outlives its worlds: starting one takes seconds.
    final class Cluster implements World {

        private static final Duration ANSWER_WITHIN = Duration.ofMillis(300);
        private static final int REDIRECTS_MAX = 5;

        final RedisCluster cluster;
        /// Replicas that must have a write before it counts as acknowledged.
        volatile int replicas = 1;

        Cluster(RedisCluster cluster) {
            this.cluster = cluster;
        }

        /// With pauses in which readers meet a slot on its way, before and after its keys went.
        void moveSlotOf(String key, RedisServer to) throws InterruptedException {
            SlotMove move = cluster.move(HashSlot.of(key), to);
            Thread.sleep(10);
            move.moveKeys(1);
            Thread.sleep(10);
            move.finish();
        }

        static RedisCluster start() {
            return RedisCluster.start(ServerBinaries.embedded(), ClusterSettings.usual());
        }

        @Override
        public String uri() {
            return cluster.uri();
        }

        /// Follows redirects, and has a write acknowledged when a replica has it too.
        @Override
        public Writer writer() {
            return new Writer() {
                private final Map<Address, WireConnection> connections = new HashMap<>();
                private final Map<Integer, Address> owners = new HashMap<>();

                @Override
                public boolean write(String key, String value) {
                    int slot = HashSlot.of(key);
                    try {
                        Address at = owners.computeIfAbsent(
                                slot, each -> cluster.primaryOf(each).address());
                        boolean isAsking = false;
                        for (int i = 0; i < REDIRECTS_MAX; i++) {
                            WireConnection connection = connection(at);
                            if (isAsking) {
                                connection.call("ASKING");
                            }
                            Reply reply = connection.call("SET", key, value);
                            if (!(reply instanceof Reply.Error(String message))) {
                                int wanted = replicas;
                                return wanted == 0
                                        || connection
                                                        .call("WAIT", Integer.toString(wanted), "200")
                                                        .integer()
                                                >= wanted;
                            }
                            Redirect redirect = Redirect.parse(message).orElseThrow(IllegalStateException::new);
                            at = Address.tcp(
                                    redirect.target().host(), redirect.target().port());
                            isAsking = redirect.isAsk();
                            if (!isAsking) {
                                owners.put(slot, at);
                            }
                        }
                    } catch (UncheckedIOException | IllegalStateException _) {
                        // It is failing over.
                    }
                    owners.remove(slot);
                    return false;
                }

                @Override
                public @Nullable String read(String key) {
                    try (WireConnection toOwner =
                            cluster.primaryOf(HashSlot.of(key)).connect()) {
                        return Writer.textOf(toOwner.call("GET", key));
                    }
                }

                private WireConnection connection(Address at) {
                    WireConnection open = connections.get(at);
                    if (open == null || !open.isOpen()) {
                        open = WireConnection.open(at, Optional.<Credentials>empty(), ANSWER_WITHIN, ANSWER_WITHIN);
                        connections.put(at, open);
                    }
                    return open;
                }

                @Override
                public void close() {
                    connections.values().forEach(WireConnection::close);
                }
            };
        }

        @Override
        public void restore() {
            cluster.nodes().stream().filter(RedisServer::isAlive).forEach(RedisServer::resume);
        }

        @Override
        public void close() {
            // Its owner closes the cluster.
        }
    }
}
