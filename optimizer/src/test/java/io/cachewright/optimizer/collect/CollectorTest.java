package io.cachewright.optimizer.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.domain.Engine;
import io.cachewright.domain.Reading;
import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.Command;
import io.cachewright.lab.wire.WireConnection;
import io.cachewright.optimizer.connect.ConnectSettings;
import io.cachewright.optimizer.connect.Connector;
import io.cachewright.optimizer.connect.PasswordSource;
import io.cachewright.optimizer.connect.Session;
import io.cachewright.optimizer.connect.Target;
import io.cachewright.optimizer.evidence.Evidence;
import io.cachewright.optimizer.evidence.InfoWindow;
import io.cachewright.optimizer.evidence.KeyStratum;
import io.cachewright.optimizer.evidence.KeyspaceSample;
import io.cachewright.optimizer.evidence.NodeEvidence;
import io.cachewright.optimizer.evidence.ProbeCost;
import io.cachewright.optimizer.evidence.SampledKey;
import io.cachewright.optimizer.evidence.ServerConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CollectorTest {

    private static final CollectionPlan SHORT = CollectionPlan.standard().withWindow(Duration.ofMillis(200));

    @Test
    void fillsEveryReadingOfAPlainServer() {
        try (RedisServer server = RedisServer.start(ServerSettings.onTcp().with("latency-monitor-threshold", "1"))) {
            try (WireConnection filler = server.connect()) {
                fillWithTradingKeys(filler);
                filler.call("CONFIG", "SET", "slowlog-log-slower-than", "0");
                filler.call("GET", "px:BTC");
                filler.call("CONFIG", "SET", "slowlog-log-slower-than", "10000");
            }
            NodeEvidence node = collect(server, SHORT).primary();

            assertThat(node.version().toOptional())
                    .hasValueSatisfying(version -> assertThat(version.engine()).isEqualTo(Engine.REDIS));
            assertThat(node.info().map(InfoWindow::snapshots).toOptional())
                    .hasValueSatisfying(snapshots -> assertThat(snapshots).hasSize(3));
            assertThat(node.info()
                            .flatMap(window -> window.rate("total_commands_processed"))
                            .isKnown())
                    .isTrue();
            assertThat(node.config().flatMap(config -> config.text("maxmemory-policy")))
                    .isEqualTo(Reading.known("noeviction"));
            assertThat(node.slowlog().orElse(List.of()).stream().map(slow -> slow.arguments()))
                    .contains(List.of("GET", "px:BTC"));
            assertThat(node.largeReplies()).isInstanceOf(Reading.Unavailable.class);
            assertThat(node.latencyEvents().isKnown()).isTrue();
            assertThat(node.commandLatencies().orElse(List.of()))
                    .anyMatch(latency -> latency.command().equals("ping"));
            assertThat(node.clients()).isEqualTo(Reading.known(List.of()));
            assertThat(node.memoryStats().orElse(Map.of()))
                    .containsKeys("dataset.bytes", "db.0.overhead.hashtable.main");
            assertThat(node.aclUsers().orElse(List.of())).hasSize(1);
            assertThat(node.aclDenials()).isEqualTo(Reading.known(List.of()));
            assertThat(node.host().flatMap(host -> host.memoryBytes()).isKnown())
                    .isTrue();
            assertThat(node.roundTrip().isKnown()).isTrue();
        }
    }

    @Test
    void looksAtKeysOfAllTypesAndDatabases() {
        try (RedisServer server = RedisServer.start(ServerSettings.onUnixSocket())) {
            try (WireConnection filler = server.connect()) {
                fillWithTradingKeys(filler);
            }
            KeyspaceSample sample = keyspace(collect(server, SHORT));

            assertThat(sample.complete()).isTrue();
            assertThat(sample.keysByDatabase()).isEqualTo(Map.of(0, 6L, 3, 1L));
            assertThat(sample.keys())
                    .extracting(SampledKey::type)
                    .contains("string", "hash", "zset", "list", "set", "stream");
            assertThat(sample.keys()).extracting(SampledKey::database).contains(0, 3);
            SampledKey book = key(sample, "book:BTC");
            assertThat(book.elements()).isEqualTo(Reading.known(2L));
            assertThat(book.encoding()).isEqualTo(Reading.known("listpack"));
            assertThat(book.bytes().orElse(0L)).isPositive();
            assertThat(book.timeToLive()).isEqualTo(Reading.known(Optional.empty()));
            assertThat(book.value().map(facts -> facts.zeroShare())).isEqualTo(Reading.known(0.5));
            assertThat(key(sample, "px:BTC").timeToLive().orElse(Optional.empty()))
                    .hasValueSatisfying(ttl -> assertThat(ttl).isPositive());
            assertThat(key(sample, "trades")
                            .value()
                            .flatMap(facts -> Reading.known(facts.stream()))
                            .orElse(Optional.empty()))
                    .isPresent();
        }
    }

    @Test
    void changesNothingOnTheServer() {
        try (RedisServer server = RedisServer.start(ServerSettings.onTcp().with("enable-debug-command", "yes"))) {
            try (WireConnection admin = server.connect()) {
                fillWithTradingKeys(admin);
                String digest = admin.call("DEBUG", "DIGEST").text();
                String config = admin.call("CONFIG", "GET", "*").toString();
                collect(server, SHORT);
                assertThat(admin.call("DEBUG", "DIGEST").text()).isEqualTo(digest);
                assertThat(admin.call("CONFIG", "GET", "*").toString()).isEqualTo(config);
            }
        }
    }

    @Test
    void staysWithinTheBudgetOnALargeKeyspace() {
        try (RedisServer server =
                RedisServer.start(ServerSettings.onUnixSocket().with("enable-debug-command", "yes"))) {
            try (WireConnection filler = server.connect()) {
                filler.call("DEBUG", "POPULATE", "200000", "tick", "100");
            }
            Evidence evidence = collect(server, SHORT.withKeysMax(300));

            KeyspaceSample sample = keyspace(evidence);
            assertThat(sample.totalKeys()).isEqualTo(200_000);
            assertThat(sample.complete()).isFalse();
            assertThat(sample.keys()).hasSizeBetween(290, 300);
            long calls = evidence.probes().stream().mapToLong(ProbeCost::calls).sum();
            assertThat(calls).isLessThan(300 * 8 + 900);
        }
    }

    @Test
    void seesARareFamilyAndEstimatesTheWholeFromASmallSample() {
        try (RedisServer server = RedisServer.start(ServerSettings.onUnixSocket())) {
            try (WireConnection filler = server.connect()) {
                filler.pipelineAll(
                        IntStream.range(0, 6_000)
                                .mapToObj(i -> Command.of("SET", "session:" + i, "x".repeat(100)))
                                .iterator(),
                        _ -> {});
                for (String venue : List.of("XNAS", "XLON", "XETR")) {
                    filler.call("HSET", "refdata:" + venue, "ticksize", "0.01", "lotsize", "1");
                }
            }
            KeyspaceSample sample = keyspace(collect(server, SHORT.withKeysMax(250)));

            assertThat(sample.complete()).isTrue();
            assertThat(sample.keys()).hasSizeBetween(240, 250);
            assertThat(sample.keys())
                    .extracting(SampledKey::name)
                    .contains("refdata:XNAS", "refdata:XLON", "refdata:XETR");
            assertThat(sample.strata().stream()
                            .mapToDouble(KeyStratum::estimatedKeys)
                            .sum())
                    .isEqualTo(6_003);
        }
    }

    @Test
    void stopsAtTheCommandBudgetAndSaysSo() {
        try (RedisServer server =
                RedisServer.start(ServerSettings.onUnixSocket().with("enable-debug-command", "yes"))) {
            try (WireConnection filler = server.connect()) {
                filler.call("DEBUG", "POPULATE", "5000");
            }
            Evidence evidence = collect(server, SHORT.withBudget(400, 1 << 20, Duration.ofSeconds(20)));

            assertThat(keyspace(evidence).keys()).hasSizeBetween(10, 100);
            assertThat(evidence.probes()).anyMatch(probe -> probe.outcome().contains("budget of 400 commands"));
        }
    }

    @Test
    void leavesOutKeysWhenThePlanDoes() {
        try (RedisServer server = RedisServer.start(ServerSettings.onUnixSocket())) {
            NodeEvidence node =
                    collect(server, SHORT.withTierMax(ProbeCost.Tier.BOUNDED)).primary();

            assertThat(node.keyspace().missing())
                    .hasValueSatisfying(reason -> assertThat(reason).contains("key inspection"));
            assertThat(node.config().isKnown()).isTrue();
        }
    }

    @Test
    void keepsGoingForAUserWhoMayNeitherConfigNorInfo() {
        ServerSettings settings = ServerSettings.onTcp().adding("user", "watcher on >pass-6f1 ~* +@all -config -info");
        try (RedisServer server = RedisServer.start(settings)) {
            try (WireConnection filler = server.connect()) {
                fillWithTradingKeys(filler);
            }
            Target.Live target = (Target.Live) Target.parse(
                    "redis://watcher:pass-6f1@127.0.0.1:" + server.port().orElseThrow());
            NodeEvidence node = collect(target, SHORT).primary();

            assertThat(node.config())
                    .isEqualTo(Reading.unavailable(
                            Reading.Cause.NOT_PERMITTED, "CONFIG GET is not permitted for this user (NOPERM)"));
            assertThat(node.info().missing()).contains("INFO is not permitted for this user (NOPERM)");
            assertThat(node.host().missing()).contains("INFO is not permitted for this user (NOPERM)");
            assertThat(node.version().isKnown()).isTrue();
            assertThat(node.slowlog().isKnown()).isTrue();
            assertThat(node.keyspace().map(sample -> sample.keys().size())).isEqualTo(Reading.known(6));
        }
    }

    @Test
    void saysThatConfigIsRenamedOrSwitchedOff() {
        try (RedisServer server = RedisServer.start(ServerSettings.onTcp().with("rename-command", "CONFIG \"\""))) {
            assertThat(collect(server, SHORT).primary().config())
                    .isEqualTo(Reading.unavailable(
                            Reading.Cause.NOT_PERMITTED, "CONFIG does not exist here: it is renamed or switched off"));
        }
    }

    @Test
    void showsNoPasswordAnywhere() {
        String password = "s3cret-0f-the-desk";
        ServerSettings settings = ServerSettings.onTcp().withPassword(password).with("masterauth", password);
        try (RedisServer server = RedisServer.start(settings)) {
            Target.Live target = (Target.Live) Target.parse(
                    "redis://:" + password + "@127.0.0.1:" + server.port().orElseThrow());
            Evidence evidence = collect(target, SHORT);

            assertThat(evidence.toString()).doesNotContain(password);
            ServerConfig config = evidence.primary().config().toOptional().orElseThrow();
            assertThat(config.text("requirepass")).isEqualTo(Reading.known(ServerConfig.REDACTED));
            assertThat(config.text("masterauth")).isEqualTo(Reading.known(ServerConfig.REDACTED));
        }
    }

    static void fillWithTradingKeys(WireConnection filler) {
        filler.call("SET", "px:BTC", "61686.25", "EX", "100");
        filler.call("HSET", "book:BTC", "61686.25", "0.4", "61686.50", "0");
        filler.call("ZADD", "levels:BTC", "61686.25", "61686.25:0.4");
        filler.call("RPUSH", "orders", "{\"id\":1}", "{\"id\":2}");
        filler.call("SADD", "symbols", "BTC", "ETH");
        filler.call("XADD", "trades", "*", "px", "61686.25", "seq", "7");
        filler.call("SELECT", "3");
        filler.call("SET", "limits:desk", "100");
    }

    private static KeyspaceSample keyspace(Evidence evidence) {
        return evidence.primary().keyspace().toOptional().orElseThrow();
    }

    private static SampledKey key(KeyspaceSample sample, String name) {
        return sample.keys().stream()
                .filter(key -> key.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Evidence collect(RedisServer server, CollectionPlan plan) {
        return collect(Target.Live.at(server.address()), plan);
    }

    private static Evidence collect(Target.Live target, CollectionPlan plan) {
        try (Session session = new Connector(ConnectSettings.standard()).connect(target, PasswordSource.none())) {
            return new Collector().collect(session, plan, Progress.silent());
        }
    }
}
