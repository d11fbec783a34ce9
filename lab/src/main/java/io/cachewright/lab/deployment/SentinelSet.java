package io.cachewright.lab.deployment;

import io.cachewright.lab.fault.FaultProxy;
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

/// A primary with its replicas, and the Sentinels that watch them and promote a replica when the primary is down.
public final class SentinelSet implements AutoCloseable {

    /// What the Sentinels call the deployment.
    public static final String NAME = "trading";

    private static final Duration READY_WITHIN = Duration.ofSeconds(30);

    /// How often Sentinels look at things by themselves; the defaults of 1 to 10 s make each drill as long.
    private static final String[] QUICK = {
        "SENTINEL",
        "DEBUG",
        "INFO-PERIOD",
        "200",
        "PING-PERIOD",
        "100",
        "ASK-PERIOD",
        "100",
        "PUBLISH-PERIOD",
        "200",
        "ELECTION-TIMEOUT",
        "1000",
        "SCRIPT-RETRY-DELAY",
        "1000"
    };

    private final SentinelSettings settings;
    private final List<RedisServer> servers = new ArrayList<>();
    private final List<FaultProxy> proxies = new ArrayList<>();
    private final List<RedisServer> sentinels = new ArrayList<>();

    /// Starts everything and returns when the Sentinels know each other and all replicas.
    ///
    /// @throws io.cachewright.lab.server.ServerUnavailable when it does not get ready
    public static SentinelSet start(ServerBinary binary, SentinelSettings settings) {
        SentinelSet set = new SentinelSet(settings);
        try {
            set.startAll(binary);
            return set;
        } catch (RuntimeException e) {
            set.close();
            throw e;
        }
    }

    private SentinelSet(SentinelSettings settings) {
        this.settings = settings;
    }

    private void startAll(ServerBinary binary) {
        ServerSettings data = settings.servers().with("repl-diskless-sync-delay", "0");
        for (int i = 0; i <= settings.replicas(); i++) {
            RedisServer server = RedisServer.start(binary, data);
            servers.add(server);
            if (settings.isBehindProxies()) {
                proxies.add(FaultProxy.before((Address.Tcp) server.address()));
                command(server, "CONFIG", "SET", "replica-announce-ip", "127.0.0.1");
                command(
                        server,
                        "CONFIG",
                        "SET",
                        "replica-announce-port",
                        Integer.toString(knownAddress(server).port()));
            }
        }
        Address.Tcp first = knownAddress(servers.getFirst());
        for (RedisServer replica : servers.subList(1, servers.size())) {
            command(replica, "REPLICAOF", first.host(), Integer.toString(first.port()));
        }
        Patience.await(
                "the replicas follow",
                READY_WITHIN,
                () -> servers.stream()
                        .skip(1)
                        .allMatch(replica -> Patience.field(
                                        Patience.ask(replica, "INFO", "replication"), "master_link_status")
                                .equals(Optional.of("up"))));
        for (int i = 0; i < settings.sentinels(); i++) {
            RedisServer sentinel = RedisServer.start(binary, sentinelSettings(first));
            sentinels.add(sentinel);
            // Servers before 7.0 have no such thing and take their time.
            Patience.ask(sentinel, QUICK);
        }
        Patience.await("the Sentinels know each other and the replicas", READY_WITHIN, this::allAreKnown);
    }

    private ServerSettings sentinelSettings(Address.Tcp primary) {
        int quorum = settings.sentinels() / 2 + 1;
        List<String> lines = new ArrayList<>(List.of(
                "monitor " + NAME + " " + primary.host() + " " + primary.port() + " " + quorum,
                "down-after-milliseconds " + NAME + " " + settings.downAfter().toMillis(),
                "failover-timeout " + NAME + " 3000",
                "parallel-syncs " + NAME + " 5"));
        settings.servers().directives().getOrDefault("requirepass", List.of()).stream()
                .findFirst()
                .ifPresent(password -> lines.add("auth-pass " + NAME + " " + password));
        return ServerSettings.onTcp().with("sentinel", lines.toArray(String[]::new));
    }

    private boolean allAreKnown() {
        return sentinels.stream()
                .allMatch(sentinel -> Patience.ask(sentinel, "SENTINEL", "MASTER", NAME)
                        .filter(reply -> !reply.isError())
                        .map(Reply::elements)
                        .filter(fields -> valueOf(fields, "num-slaves") == settings.replicas()
                                && valueOf(fields, "num-other-sentinels") == settings.sentinels() - 1)
                        .isPresent());
    }

    private static long valueOf(List<Reply> fields, String name) {
        for (int i = 0; i + 1 < fields.size(); i += 2) {
            if (fields.get(i).text().equals(name)) {
                return fields.get(i + 1).integer();
            }
        }
        return -1;
    }

    private static void command(RedisServer server, String... arguments) {
        try (WireConnection connection = server.connect()) {
            connection.call(arguments).orThrow();
        }
    }

    /// All data servers, the first primary first.
    public List<RedisServer> servers() {
        return List.copyOf(servers);
    }

    public List<RedisServer> sentinels() {
        return List.copyOf(sentinels);
    }

    /// The data server that most Sentinels name as the primary.
    public RedisServer primary() {
        return servers.stream()
                .filter(server -> sentinels.stream()
                                .filter(sentinel -> namesAsPrimary(sentinel, server))
                                .count()
                        > settings.sentinels() / 2)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the Sentinels do not agree on a primary"));
    }

    private boolean namesAsPrimary(RedisServer sentinel, RedisServer server) {
        return Patience.ask(sentinel, "SENTINEL", "GET-MASTER-ADDR-BY-NAME", NAME)
                .filter(reply -> reply instanceof Reply.Array(List<Reply> parts)
                        && parts.get(1)
                                .text()
                                .equals(Integer.toString(knownAddress(server).port())))
                .isPresent();
    }

    /// The address by which the others, and whoever asks the Sentinels, know `server`.
    public Address.Tcp knownAddress(RedisServer server) {
        return settings.isBehindProxies() ? proxyOf(server).address() : (Address.Tcp) server.address();
    }

    /// The proxy through which the others reach `server`; only where the settings put servers behind proxies.
    public FaultProxy proxyOf(RedisServer server) {
        return proxies.get(servers.indexOf(server));
    }

    /// `redis-sentinel://…` with all Sentinels, as clients are given it.
    public String uri() {
        return "redis-sentinel://"
                + String.join(
                        ",",
                        sentinels.stream()
                                .map(each -> each.address().toString())
                                .toList()) + "#" + NAME;
    }

    /// Asks for a failover while the primary is well; it goes on by itself: see [#awaitPrimaryOtherThan].
    public void failover() {
        command(sentinels.getFirst(), "SENTINEL", "FAILOVER", NAME);
    }

    /// Waits until all Sentinels name another primary than `old` and it takes writes.
    public RedisServer awaitPrimaryOtherThan(RedisServer old, Duration within) {
        Patience.await(
                "a failover from " + old,
                within,
                () -> servers.stream()
                        .filter(server -> server != old)
                        .anyMatch(server -> sentinels.stream().allMatch(sentinel -> namesAsPrimary(sentinel, server))
                                && Patience.field(Patience.ask(server, "INFO", "replication"), "role")
                                        .equals(Optional.of("master"))));
        return primary();
    }

    /// Waits until `server` follows another one, as an old primary does some time after it came back.
    public void awaitReplica(RedisServer server, Duration within) {
        Patience.await(
                server + " becomes a replica",
                within,
                () -> Patience.field(Patience.ask(server, "INFO", "replication"), "master_link_status")
                        .equals(Optional.of("up")));
    }

    @Override
    public void close() {
        sentinels.forEach(RedisServer::close);
        servers.reversed().forEach(RedisServer::close);
        proxies.forEach(FaultProxy::close);
    }
}
