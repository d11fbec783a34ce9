package io.cachewright.optimizer.diagnose.testkit;

import io.cachewright.domain.Engine;
import io.cachewright.domain.Reading;
import io.cachewright.domain.ServerVersion;
import io.cachewright.optimizer.diagnose.Diagnoser;
import io.cachewright.optimizer.diagnose.Need;
import io.cachewright.optimizer.diagnose.Rule;
import io.cachewright.optimizer.diagnose.Situation;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.evidence.AclDenial;
import io.cachewright.optimizer.evidence.AclUser;
import io.cachewright.optimizer.evidence.ClientConnection;
import io.cachewright.optimizer.evidence.CommandLatency;
import io.cachewright.optimizer.evidence.Evidence;
import io.cachewright.optimizer.evidence.InfoSnapshot;
import io.cachewright.optimizer.evidence.InfoWindow;
import io.cachewright.optimizer.evidence.KeyspaceSample;
import io.cachewright.optimizer.evidence.LargeCommand;
import io.cachewright.optimizer.evidence.LatencyEvent;
import io.cachewright.optimizer.evidence.NodeEvidence;
import io.cachewright.optimizer.evidence.RoundTrip;
import io.cachewright.optimizer.evidence.SampledKey;
import io.cachewright.optimizer.evidence.ServerConfig;
import io.cachewright.optimizer.evidence.SlowCommand;
import io.cachewright.optimizer.profile.KeyFamily;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// Evidence of one node for a test: starts from what a healthy server printed and changes what the test is about.
///
/// The healthy deployment is a cache of 272 MB in 1 GB with `allkeys-lru`, one replica, no persistence, about 700
/// commands a second, seen over 60 s. Every method changes this builder and returns it.
public final class Evidences {

    public static final ServerVersion REDIS_7_0 = RecordedServer.REDIS_7_0.version();
    public static final ServerVersion VALKEY_8_1 = RecordedServer.VALKEY_8_1.version();

    /// The end of every window.
    public static final Instant END = Instant.parse("2026-03-02T14:31:00Z");

    private final ServerVersion version;
    private final boolean replica;
    private final Map<String, String> infoBefore;
    private final Map<String, String> infoAfter;
    private final Map<String, String> config;
    private final List<SlowCommand> slowlog = new ArrayList<>();
    private final List<LargeCommand> largeRequests = new ArrayList<>();
    private final List<LargeCommand> largeReplies = new ArrayList<>();
    private final List<LatencyEvent> latencyEvents = new ArrayList<>();
    private final List<CommandLatency> commandLatencies = new ArrayList<>();
    private final List<ClientConnection> clients = new ArrayList<>();
    private final Map<String, Long> memoryStats = new LinkedHashMap<>();
    private final List<AclUser> aclUsers = new ArrayList<>();
    private final List<AclDenial> aclDenials = new ArrayList<>();
    private final List<SampledKey> keys = new ArrayList<>(Keys.healthy());
    private final HostBuilder host = new HostBuilder();
    private final RequirementsBuilder requirements = new RequirementsBuilder();
    private final List<KeyFamily> families = new ArrayList<>();
    private final List<Evidences> others = new ArrayList<>();
    private final Set<Need> withheld = EnumSet.noneOf(Need.class);
    private String address;
    private long totalKeys = 385_368;
    private boolean scanComplete;
    private Duration window = Duration.ofSeconds(60);

    private Evidences(ServerVersion version, boolean replica) {
        this.version = version;
        this.replica = replica;
        address = replica ? "127.0.0.1:6380" : "127.0.0.1:6379";
        RecordedServer recorded = RecordedServer.nearest(version);
        String name = replica ? "replica" : "primary";
        infoBefore = recorded.infoBefore(name);
        infoAfter = recorded.infoAfter(name);
        config = recorded.config(name);
        info(version.engine() == Engine.REDIS ? "redis_version" : "valkey_version", numberOf(version));
        calm();
    }

    /// A healthy primary of Redis 7.0 with one replica.
    public static Evidences healthy() {
        return healthy(REDIS_7_0);
    }

    /// A healthy primary with one replica; its fields and parameters are those of the nearest recorded version.
    public static Evidences healthy(ServerVersion version) {
        return new Evidences(version, false);
    }

    /// A healthy replica; the evidence holds its primary too.
    public static Evidences healthyReplica(ServerVersion version) {
        return new Evidences(version, true).beside(healthy(version));
    }

    /// A recording lasts ten seconds after a start and its load opened a connection a burst; a server that has been up
    /// for ten days with pooled clients is what rules should see as healthy.
    private void calm() {
        counter("uptime_in_seconds", 864_000 - 60, 864_000);
        counter("total_connections_received", 1_204, 1_206);
        counter("keyspace_hits", 900_000, 938_000);
        counter("keyspace_misses", 40_000, 42_000);
        info("rdb_last_bgsave_time_sec", "-1");
        info("connected_clients", "8");
        for (int id = 1; id <= 8; id++) {
            client(Map.of("cmd", "get", "age", "36000", "idle", "0"));
        }
        aclUsers.add(new AclUser("default", true, false, "on sanitize-payload ~* &* +@all"));
        aclUsers.add(new AclUser("cachewright", true, false, "on ~* +@read +info +config|get +slowlog +latency"));
        memoryStats.put("peak.allocated", 285_585_488L);
        memoryStats.put("total.allocated", 285_456_384L);
        memoryStats.put("startup.allocated", 876_568L);
        memoryStats.put("overhead.total", 87_821_772L);
        memoryStats.put("keys.count", 385_368L);
        memoryStats.put("dataset.bytes", 197_634_612L);
        memoryStats.put("db.0.overhead.hashtable.main", 19_609_024L);
    }

    /// A field of INFO in every reading.
    public Evidences info(String field, String value) {
        infoBefore.put(field, value);
        infoAfter.put(field, value);
        return this;
    }

    public Evidences info(String field, long value) {
        return info(field, Long.toString(value));
    }

    /// A field of INFO that differs between the two readings.
    public Evidences info(String field, String before, String after) {
        infoBefore.put(field, before);
        infoAfter.put(field, after);
        return this;
    }

    /// A field that this server does not print.
    public Evidences withoutInfo(String field) {
        infoBefore.remove(field);
        infoAfter.remove(field);
        return this;
    }

    /// A counter of INFO over the window.
    public Evidences counter(String field, long from, long to) {
        return info(field, Long.toString(from), Long.toString(to));
    }

    /// A command's calls and service time within the window.
    public Evidences command(String name, long calls, long micros) {
        return info(
                "cmdstat_" + name,
                "calls=1000,usec=1000,usec_per_call=1.00,rejected_calls=0,failed_calls=0",
                "calls=%d,usec=%d,usec_per_call=1.00,rejected_calls=0,failed_calls=0"
                        .formatted(1000 + calls, 1000 + micros));
    }

    public Evidences config(String name, String value) {
        config.put(name, value);
        return this;
    }

    /// A parameter that this server does not have.
    public Evidences withoutConfig(String name) {
        config.remove(name);
        return this;
    }

    /// One more connection; fields as CLIENT LIST prints them, those not given are of a calm client.
    public Evidences client(Map<String, String> fields) {
        Map<String, String> all = new LinkedHashMap<>(
                Map.of("flags", "N", "db", "0", "sub", "0", "psub", "0", "ssub", "0", "multi", "-1", "qbuf", "0"));
        all.putAll(Map.of("qbuf-free", "0", "omem", "0", "oll", "0", "tot-mem", "22168", "cmd", "get"));
        all.putAll(Map.of("age", "3600", "idle", "0"));
        all.putAll(fields);
        long id = clients.size() + 1L;
        clients.add(new ClientConnection(
                id,
                all.getOrDefault("addr", "127.0.0.1:" + (40_000 + id)),
                Duration.ofSeconds(Long.parseLong(all.getOrDefault("age", "0"))),
                Duration.ofSeconds(Long.parseLong(all.getOrDefault("idle", "0"))),
                all.getOrDefault("cmd", ""),
                all));
        return this;
    }

    /// An entry of the slow log within the window.
    public Evidences slow(Duration took, String... arguments) {
        return slow(took, true, arguments);
    }

    public Evidences slow(Duration took, boolean inWindow, String... arguments) {
        Instant at = inWindow ? END.minusSeconds(1) : END.minus(Duration.ofDays(3));
        slowlog.add(new SlowCommand(slowlog.size(), at, took, List.of(arguments), "127.0.0.1:40001", inWindow));
        return this;
    }

    public Evidences largeReply(long bytes, String... arguments) {
        largeReplies.add(new LargeCommand(largeReplies.size(), END.minusSeconds(1), bytes, List.of(arguments), true));
        return this;
    }

    public Evidences largeRequest(long bytes, String... arguments) {
        largeRequests.add(new LargeCommand(largeRequests.size(), END.minusSeconds(1), bytes, List.of(arguments), true));
        return this;
    }

    /// An event class with one spike within the window.
    public Evidences latencyEvent(String event, Duration latest, Duration max) {
        Instant at = END.minusSeconds(5);
        return latencyEvent(new LatencyEvent(event, at, latest, max, List.of(new LatencyEvent.Sample(at, latest))));
    }

    public Evidences latencyEvent(LatencyEvent event) {
        latencyEvents.add(event);
        return this;
    }

    public Evidences commandLatency(CommandLatency latency) {
        commandLatencies.add(latency);
        return this;
    }

    /// Replaces the users.
    public Evidences aclUsers(AclUser... users) {
        aclUsers.clear();
        aclUsers.addAll(List.of(users));
        return this;
    }

    public Evidences aclDenial(AclDenial denial) {
        aclDenials.add(denial);
        return this;
    }

    public Evidences memoryStat(String name, long value) {
        memoryStats.put(name, value);
        return this;
    }

    /// Adds keys to the sample.
    public Evidences key(SampledKey... more) {
        keys.addAll(List.of(more));
        return this;
    }

    /// Replaces the sample.
    public Evidences keys(List<SampledKey> only) {
        keys.clear();
        keys.addAll(only);
        return this;
    }

    public Evidences totalKeys(long keysInAll) {
        totalKeys = keysInAll;
        return this;
    }

    public Evidences scanComplete() {
        scanComplete = true;
        return this;
    }

    /// Families of the profile.
    public Evidences family(KeyFamily... more) {
        families.addAll(List.of(more));
        return this;
    }

    public Evidences host(Consumer<HostBuilder> change) {
        change.accept(host);
        return this;
    }

    public Evidences require(Consumer<RequirementsBuilder> change) {
        change.accept(requirements);
        return this;
    }

    public Evidences window(Duration length) {
        window = length;
        return this;
    }

    public Evidences address(String hostAndPort) {
        address = hostAndPort;
        return this;
    }

    /// Another node of the same deployment.
    public Evidences beside(Evidences other) {
        others.add(other);
        return this;
    }

    /// Takes away what a need stands for.
    public Evidences without(Need need) {
        withheld.add(need);
        return this;
    }

    public NodeEvidence node() {
        return new NodeEvidence(
                address,
                unless(version, Need.VERSION),
                withheld.contains(Need.INFO) || withheld.contains(Need.DATABASES)
                        ? missing(Need.INFO)
                        : Reading.known(infoWindow()),
                unless(new ServerConfig(config), Need.CONFIG),
                unless(List.copyOf(slowlog), Need.SLOWLOG),
                unless(List.copyOf(largeRequests), Need.COMMANDLOG),
                unless(List.copyOf(largeReplies), Need.COMMANDLOG),
                unless(List.copyOf(latencyEvents), Need.LATENCY_EVENTS),
                unless(List.copyOf(commandLatencies), Need.COMMAND_LATENCIES),
                unless(List.copyOf(clients), Need.CLIENTS),
                unless(Map.copyOf(memoryStats), Need.MEMORY_STATS),
                unless(List.copyOf(aclUsers), Need.ACL),
                unless(List.copyOf(aclDenials), Need.ACL),
                unless(sample(), Need.KEYSPACE),
                unless(host.build(), Need.HOST),
                unless(
                        new RoundTrip(100, Duration.ofNanos(60_000), Duration.ofNanos(180_000), Duration.ofMillis(1)),
                        Need.ROUND_TRIP));
    }

    public Evidence evidence() {
        List<NodeEvidence> nodes = new ArrayList<>();
        others.forEach(other -> nodes.add(other.node()));
        // The primary comes first, as in collected evidence.
        nodes.add(replica ? nodes.size() : 0, node());
        return new Evidence("redis://127.0.0.1:6379", "test", END.minus(window), END, nodes, List.of());
    }

    public Situation situation() {
        return new Situation(evidence(), node(), TestProfile.of(node(), families), requirements.build());
    }

    /// What the rule says about this node; a bug in the rule passes through.
    public Verdict judgedBy(Rule rule) {
        return Diagnoser.judge(rule, situation());
    }

    /// The finding of a rule that must fire here.
    public Verdict.Found foundBy(Rule rule) {
        Verdict verdict = judgedBy(rule);
        if (verdict instanceof Verdict.Found found) {
            return found;
        }
        throw new AssertionError(rule.card().id() + " should have fired, said " + verdict);
    }

    private InfoWindow infoWindow() {
        InfoSnapshot last = new InfoSnapshot(END, END, infoAfter);
        if (withheld.contains(Need.WINDOW)) {
            return new InfoWindow(List.of(last));
        }
        return new InfoWindow(List.of(new InfoSnapshot(END.minus(window), END.minus(window), infoBefore), last));
    }

    private KeyspaceSample sample() {
        List<SampledKey> seen = withheld.contains(Need.VALUES)
                ? keys.stream().map(Evidences::withoutValue).toList()
                : List.copyOf(keys);
        return Samples.of(seen, totalKeys, scanComplete);
    }

    private static SampledKey withoutValue(SampledKey key) {
        return new SampledKey(
                key.database(),
                key.name(),
                key.redacted(),
                key.type(),
                key.encoding(),
                key.elements(),
                key.bytes(),
                key.timeToLive(),
                key.idle(),
                key.frequency(),
                missing(Need.VALUES));
    }

    private <T> Reading<T> unless(T value, Need need) {
        return withheld.contains(need) ? missing(need) : Reading.known(value);
    }

    private static <T> Reading<T> missing(Need need) {
        return Reading.unavailable(Reading.Cause.NOT_PERMITTED, need + " is not permitted for this user");
    }

    private static String numberOf(ServerVersion version) {
        return version.major() + "." + version.minor() + "." + version.patch();
    }
}
