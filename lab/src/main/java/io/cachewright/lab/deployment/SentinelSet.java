package io.cachewright.lab.deployment;

import io.cachewright.lab.fault.FaultProxy;
import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerBinary;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.server.ServerUnavailable;
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

    private static final int LOG_LINES_TOLD = 25;

    /// How often Sentinels look at things by themselves; the defaults of 1 to 10 s make each drill as long.
    ///
    /* Two of the settings depend on each other and on what is built in. While the primary counts as down, a Sentinel asks
     * the replicas for INFO once a second, whatever INFO-PERIOD says, and promotes only one whose last INFO is younger
     * than five PING-PERIODs [1]. A PING-PERIOD below 200 ms therefore leaves it by chance whether there is a replica
     * to promote, and each attempt without one costs twice the failover timeout. And a Sentinel that did not run for
     * 2 s, as happens on a busy machine, does nothing for 30 s more (TILT) unless told otherwise.
     *
     * [1] redis: src/sentinel.c, sentinelSendPeriodicCommands and sentinelSelectSlave.
     */
    private static final String[] QUICK = {
        "SENTINEL",
        "DEBUG",
        "INFO-PERIOD",
        "200",
        "PING-PERIOD",
        "400",
        "ASK-PERIOD",
        "100",
        "PUBLISH-PERIOD",
        "200",
        "ELECTION-TIMEOUT",
        "1000",
        "TILT-TRIGGER",
        "20000",
        "TILT-PERIOD",
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
    /// @throws ServerUnavailable when it does not get ready
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
        awaitReady();
    }

    /// Waits until the Sentinels know each other and all replicas: before that a failover may find nobody to promote.
    public void awaitReady() {
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

    /// Each Sentinel is linked to all others and has heard from every replica itself: before that it has nobody to
    /// ask for a vote, or to promote.
    private boolean allAreKnown() {
        return sentinels.stream()
                .allMatch(sentinel -> linked(sentinel, "SENTINELS", "sentinel") == settings.sentinels() - 1
                        && linked(sentinel, "REPLICAS", "slave") == settings.replicas());
    }

    /// How many of those that `sentinel` lists are up and linked to it.
    private static long linked(RedisServer sentinel, String list, String flags) {
        return Patience.ask(sentinel, "SENTINEL", list, NAME).stream()
                .filter(reply -> !reply.isError())
                .flatMap(reply -> reply.elements().stream())
                .map(Reply::elements)
                .filter(fields -> valueOf(fields, "flags").equals(flags)
                        && !valueOf(fields, "runid").isEmpty()
                        && !valueOf(fields, "role-reported").equals("master"))
                .count();
    }

    private static String valueOf(List<Reply> fields, String name) {
        for (int i = 0; i + 1 < fields.size(); i += 2) {
            if (fields.get(i).text().equals(name)) {
                return fields.get(i + 1).text();
            }
        }
        return "";
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
    ///
    /// @throws ServerUnavailable with what the Sentinels wrote in their logs when that does not happen in time
    public RedisServer awaitPrimaryOtherThan(RedisServer old, Duration within) {
        try {
            Patience.await(
                    "a failover from " + old,
                    within,
                    () -> servers.stream()
                            .filter(server -> server != old)
                            .anyMatch(
                                    server -> sentinels.stream().allMatch(sentinel -> namesAsPrimary(sentinel, server))
                                            && Patience.field(Patience.ask(server, "INFO", "replication"), "role")
                                                    .equals(Optional.of("master"))));
        } catch (ServerUnavailable e) {
            throw new ServerUnavailable(e.getMessage() + sentinelLogs(), e);
        }
        return primary();
    }

    private String sentinelLogs() {
        StringBuilder logs = new StringBuilder();
        for (RedisServer sentinel : sentinels) {
            List<String> lines = sentinel.log().lines().toList();
            logs.append("\n").append(sentinel).append(":\n");
            logs.append(String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES_TOLD), lines.size()))
                    .indent(4));
        }
        return logs.toString();
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
