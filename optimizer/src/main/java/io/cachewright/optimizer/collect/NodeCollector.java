package io.cachewright.optimizer.collect;

import io.cachewright.domain.Engine;
import io.cachewright.domain.Reading;
import io.cachewright.domain.Reading.Cause;
import io.cachewright.domain.ServerVersion;
import io.cachewright.lab.wire.Address;
import io.cachewright.lab.wire.Reply;
import io.cachewright.optimizer.connect.ConnectionLost;
import io.cachewright.optimizer.evidence.AclDenial;
import io.cachewright.optimizer.evidence.AclUser;
import io.cachewright.optimizer.evidence.ClientConnection;
import io.cachewright.optimizer.evidence.CommandLatency;
import io.cachewright.optimizer.evidence.HostFacts;
import io.cachewright.optimizer.evidence.InfoSnapshot;
import io.cachewright.optimizer.evidence.InfoWindow;
import io.cachewright.optimizer.evidence.KeyspaceSample;
import io.cachewright.optimizer.evidence.LargeCommand;
import io.cachewright.optimizer.evidence.LatencyEvent;
import io.cachewright.optimizer.evidence.NodeEvidence;
import io.cachewright.optimizer.evidence.ProbeCost.Tier;
import io.cachewright.optimizer.evidence.RoundTrip;
import io.cachewright.optimizer.evidence.ServerConfig;
import io.cachewright.optimizer.evidence.SlowCommand;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.function.Supplier;

/// Reads one server: everything but its keys.
final class NodeCollector {

    /// By this name our own connections show in CLIENT LIST.
    private static final String OWN_NAME = "cachewright";

    private static final String LOG_ENTRIES_MAX = "128";

    /// The server builds the whole list at once; beyond this it would be felt.
    private static final long CLIENTS_LISTED_MAX = 5_000;

    private static final int LATENCY_EVENTS_MAX = 32;

    private final Inquiry inquiry;
    private final Pings pings;
    private final List<InfoSnapshot> snapshots = new ArrayList<>();
    private Reading<InfoSnapshot> latestInfo = Reading.unavailable(Cause.NOT_COLLECTED, "INFO was not asked for");
    private Reading<Map<String, NavigableMap<Long, Long>>> firstHistogram =
            Reading.unavailable(Cause.NOT_COLLECTED, "LATENCY HISTOGRAM was not asked for");
    private Reading<Map<String, NavigableMap<Long, Long>>> lastHistogram = firstHistogram;
    private Reading<RoundTrip> roundTrip = Reading.unavailable(Cause.NOT_COLLECTED, "no PING was sent");

    NodeCollector(Inquiry inquiry) {
        this.inquiry = inquiry;
        this.pings = new Pings(inquiry);
    }

    Inquiry inquiry() {
        return inquiry;
    }

    Pings pings() {
        return pings;
    }

    void beginWindow() {
        firstHistogram = histogram();
        readInfo();
    }

    void endWindow() {
        readInfo();
        lastHistogram = histogram();
    }

    void readInfo() {
        latestInfo = inquiry.ask(
                Tier.FREE, "INFO", reply -> InfoReader.read(reply.text(), Instant.now()), "INFO", "everything");
        latestInfo.toOptional().ifPresent(snapshots::add);
    }

    /// Sends one PING of those that tell the round trip.
    void ping() {
        if (inquiry.obstacle(Tier.FREE, 1).isPresent()) {
            return;
        }
        try {
            pings.measure();
            roundTrip = Reading.known(pings.roundTrip());
        } catch (ConnectionLost lost) {
            roundTrip = Reading.unavailable(Cause.FAILED, "PING failed: " + lost.clause());
        }
    }

    /// The window so far; unavailable when INFO is.
    Reading<InfoWindow> window() {
        return snapshots.isEmpty()
                ? latestInfo.flatMap(_ -> Reading.unavailable(Cause.NOT_COLLECTED, "INFO was not read"))
                : Reading.known(new InfoWindow(snapshots));
    }

    boolean hasInfo() {
        return !snapshots.isEmpty();
    }

    /// Replicas that INFO lists as online.
    List<Address> onlineReplicas() {
        return window().map(window -> Replicas.online(window.last())).orElse(List.of());
    }

    /// `keyspace` is asked last: it may use up the budget, and what is cheap must not go without for it.
    NodeEvidence evidence(Instant startedAt, Supplier<Reading<KeyspaceSample>> keyspace, HostReader hostReader) {
        LogReader logs = new LogReader(
                snapshots.isEmpty() ? startedAt : snapshots.getFirst().serverTime());
        Reading<ServerConfig> config = inquiry.ask(Tier.FREE, "CONFIG GET", ConfigReader::read, "CONFIG", "GET", "*");
        Reading<List<SlowCommand>> slowlog =
                inquiry.ask(Tier.BOUNDED, "SLOWLOG GET", logs::slow, "SLOWLOG", "GET", LOG_ENTRIES_MAX);
        return new NodeEvidence(
                inquiry.node(),
                version(),
                window(),
                config,
                slowlog,
                largeCommands(logs, "large-request"),
                largeCommands(logs, "large-reply"),
                latencyEvents(),
                commandLatencies(),
                clients(),
                memoryStats(),
                aclUsers(),
                aclDenials(),
                keyspace.get(),
                host(hostReader),
                pingsBooked());
    }

    private Reading<ServerVersion> version() {
        Reading<ServerVersion> fromInfo = window().flatMap(window -> InfoReader.version(window.last()));
        return fromInfo.isKnown()
                ? fromInfo
                : inquiry.ask(Tier.FREE, "HELLO", NodeCollector::versionOfHello, "HELLO", "2");
    }

    private static ServerVersion versionOfHello(Reply reply) {
        Map<String, Reply> fields = Replies.pairs(reply);
        Engine engine =
                fields.getOrDefault("server", new Reply.Simple("")).text().equals("valkey")
                        ? Engine.VALKEY
                        : Engine.REDIS;
        return ServerVersion.parse(
                        engine,
                        fields.getOrDefault("version", new Reply.Simple("")).text())
                .orElseThrow();
    }

    private Reading<List<LargeCommand>> largeCommands(LogReader logs, String kind) {
        return inquiry.ask(
                Tier.BOUNDED, "COMMANDLOG GET " + kind, logs::large, "COMMANDLOG", "GET", LOG_ENTRIES_MAX, kind);
    }

    private Reading<List<LatencyEvent>> latencyEvents() {
        Reading<List<LatencyEvent>> latest =
                inquiry.ask(Tier.BOUNDED, "LATENCY LATEST", LatencyReader::latest, "LATENCY", "LATEST");
        return latest.map(events ->
                events.stream().limit(LATENCY_EVENTS_MAX).map(this::withSamples).toList());
    }

    private LatencyEvent withSamples(LatencyEvent event) {
        Reading<List<LatencyEvent.Sample>> samples = inquiry.ask(
                Tier.BOUNDED, "LATENCY HISTORY", LatencyReader::history, "LATENCY", "HISTORY", event.event());
        return new LatencyEvent(
                event.event(), event.latestAt(), event.latest(), event.max(), samples.orElse(event.samples()));
    }

    private Reading<Map<String, NavigableMap<Long, Long>>> histogram() {
        return inquiry.ask(Tier.BOUNDED, "LATENCY HISTOGRAM", LatencyReader::histogram, "LATENCY", "HISTOGRAM");
    }

    private Reading<List<CommandLatency>> commandLatencies() {
        return firstHistogram.flatMap(before -> lastHistogram.map(after -> LatencyReader.difference(before, after)));
    }

    private Reading<List<ClientConnection>> clients() {
        Optional<Long> connected = window().flatMap(window -> window.last().number("connected_clients"))
                .toOptional();
        if (connected.isPresent() && connected.get() > CLIENTS_LISTED_MAX) {
            return Reading.unavailable(
                    Cause.NOT_COLLECTED,
                    "CLIENT LIST was left out: " + connected.get() + " connections are more than "
                            + CLIENTS_LISTED_MAX);
        }
        return inquiry.ask(
                Tier.BOUNDED, "CLIENT LIST", reply -> ClientReader.read(reply.text(), OWN_NAME), "CLIENT", "LIST");
    }

    private Reading<Map<String, Long>> memoryStats() {
        return inquiry.ask(Tier.BOUNDED, "MEMORY STATS", MemoryStatsReader::read, "MEMORY", "STATS");
    }

    private Reading<List<AclUser>> aclUsers() {
        return inquiry.ask(Tier.BOUNDED, "ACL LIST", AclReader::users, "ACL", "LIST");
    }

    private Reading<List<AclDenial>> aclDenials() {
        return inquiry.ask(Tier.BOUNDED, "ACL LOG", AclReader::denials, "ACL", "LOG", LOG_ENTRIES_MAX);
    }

    private Reading<HostFacts> host(HostReader reader) {
        return window().flatMap(window -> reader.read(inquiry.session().address(), window.last()));
    }

    private Reading<RoundTrip> pingsBooked() {
        long nanos =
                roundTrip.map(trip -> trip.p50().toNanos() * trip.samples()).orElse(0L);
        inquiry.ledger()
                .book(
                        inquiry.node(),
                        "PING",
                        Tier.FREE,
                        pings.count(),
                        java.time.Duration.ofNanos(nanos),
                        roundTrip.missing().orElse("ran"));
        return roundTrip;
    }

    /// Whether the server keeps access frequencies; its INFO says so even where CONFIG is refused.
    boolean isLfu() {
        return window().flatMap(window -> window.last().text("maxmemory_policy"))
                .map(policy -> policy.toLowerCase(Locale.ROOT).contains("lfu"))
                .orElse(false);
    }

    double busyShare() {
        return window().toOptional().flatMap(BusyShare::over).orElse(1.0);
    }
}
