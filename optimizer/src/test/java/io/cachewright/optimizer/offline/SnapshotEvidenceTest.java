package io.cachewright.optimizer.offline;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.domain.Reading;
import io.cachewright.lab.load.LoadGenerator;
import io.cachewright.lab.load.LoadSettings;
import io.cachewright.lab.scenario.MarketOpen;
import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.WireConnection;
import io.cachewright.optimizer.Optimizer;
import io.cachewright.optimizer.collect.CollectionPlan;
import io.cachewright.optimizer.collect.Collector;
import io.cachewright.optimizer.collect.Progress;
import io.cachewright.optimizer.connect.ConnectSettings;
import io.cachewright.optimizer.connect.Connector;
import io.cachewright.optimizer.connect.PasswordSource;
import io.cachewright.optimizer.connect.Session;
import io.cachewright.optimizer.connect.Target;
import io.cachewright.optimizer.diagnose.Diagnosis.Judgement;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.evidence.Evidence;
import io.cachewright.optimizer.evidence.KeyspaceSample;
import io.cachewright.optimizer.requirements.Requirements;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotEvidenceTest {

    private static final SnapshotEvidence.Settings SETTINGS =
            new SnapshotEvidence.Settings(2_000, "test", (_, _) -> {});

    /// With nothing being written, every key is looked at in time.
    private static final CollectionPlan PLAN = CollectionPlan.standard()
            .withWindow(Duration.ofMillis(300))
            .withBudget(1_000_000, 1L << 30, Duration.ofMinutes(2));

    private static final int NAMED_MAX = 5;

    @TempDir
    private Path directory;

    /// What a rule says of a node, without its numbers.
    private record Said(String verdict, TreeSet<String> families) {}

    @Test
    void aSnapshotOfTheNaiveMarketGivesTheFindingsOfTheServerThatWroteIt() throws Exception {
        MarketOpen market = MarketOpen.synthetic(42);
        Path rdb = directory.resolve("dump.rdb");
        Map<String, Said> live;
        try (RedisServer server = RedisServer.start(ServerSettings.onUnixSocket());
                WireConnection connection = server.connect()) {
            connection.pipelineAll(market.fill(), reply -> reply.orThrow());
            LoadGenerator.openLoop()
                    .run(
                            server.address(),
                            server.credentials(),
                            market.workload(),
                            LoadSettings.lasting(Duration.ofSeconds(4)));
            connection.call("SAVE").orThrow();
            live = said(collected(server));
            Files.copy(server.directory().resolve("dump.rdb"), rdb);
        }

        Evidence evidence = SnapshotEvidence.of(rdb, SETTINGS);
        Map<String, Said> offline = said(evidence);

        assertThat(offline.keySet()).isEqualTo(live.keySet());
        Map<String, Said> judged = new TreeMap<>(offline);
        judged.values().removeIf(said -> said.verdict().startsWith("unknown"));
        assertThat(judged).hasSizeGreaterThanOrEqualTo(12);
        judged.forEach((rule, said) -> agree(rule, said, Objects.requireNonNull(live.get(rule))));
        assertThat(judged.values().stream().filter(said -> said.verdict().equals("found")))
                .hasSizeGreaterThanOrEqualTo(7);
        assertThat(offline.values().stream().map(Said::verdict).filter(verdict -> verdict.startsWith("unknown")))
                .allMatch(reason -> reason.startsWith("unknown: a snapshot does not tell "));
    }

    /// A finding names its largest families only: where it names that many, of two that are about equally large either
    /// may be the last, as a server estimates the bytes of large values.
    private static void agree(String rule, Said offline, Said live) {
        assertThat(offline.verdict()).as(rule).isEqualTo(live.verdict());
        assertThat(offline.families()).as(rule).hasSameSizeAs(live.families());
        Set<String> others = new TreeSet<>(offline.families());
        others.removeAll(live.families());
        assertThat(others).as(rule).hasSizeLessThanOrEqualTo(offline.families().size() >= NAMED_MAX ? 1 : 0);
    }

    @Test
    void everyKeyIsCountedAndTheLooksAreAsManyAsAskedFor() throws Exception {
        Path rdb = directory.resolve("dump.rdb");
        try (RedisServer server = RedisServer.start(ServerSettings.onUnixSocket());
                WireConnection connection = server.connect()) {
            for (int i = 0; i < 3_000; i++) {
                connection.call("SET", "order:" + i, "" + i, "PX", "" + (3_600_000 + i));
            }
            connection.call("HSET", "md:{BTC-USD}:l2", "61686.25", "0.4");
            connection.call("SELECT", "3");
            connection.call("SADD", "session:eyJhbGciOi.J9zdWIiOi.IxMjM", "a");
            connection.call("SAVE").orThrow();
            Files.copy(server.directory().resolve("dump.rdb"), rdb);
        }
        KeyspaceSample sample = SnapshotEvidence.of(rdb, new SnapshotEvidence.Settings(100, "test", (_, _) -> {}))
                .primary()
                .keyspace()
                .toOptional()
                .orElseThrow();

        assertThat(sample.keysByDatabase()).isEqualTo(Map.of(0, 3_001L, 3, 1L));
        assertThat(sample.complete()).isTrue();
        assertThat(sample.strata()).hasSize(3).allSatisfy(stratum -> {
            assertThat(stratum.margin()).isZero();
            assertThat(stratum.keys()).isNotEmpty();
        });
        assertThat(sample.keys()).hasSizeBetween(90, 100);
        assertThat(sample.keys())
                .filteredOn(key -> key.name().startsWith("order:"))
                .allSatisfy(key -> assertThat(
                                key.timeToLive().toOptional().orElseThrow().orElseThrow())
                        .isBetween(Duration.ofMinutes(59), Duration.ofMinutes(61)));
        assertThat(sample.keys())
                .filteredOn(key -> key.type().equals("set"))
                .singleElement()
                .satisfies(key -> assertThat(key.redacted()).isTrue());
    }

    @Test
    void commandsWithoutASnapshotLeaveTheKeysUnknown() throws Exception {
        Path aof = Files.writeString(directory.resolve("old.aof"), "*3\r\n$3\r\nSET\r\n$1\r\na\r\n$1\r\n1\r\n");
        Reading<KeyspaceSample> keyspace =
                SnapshotEvidence.of(aof, SETTINGS).primary().keyspace();
        assertThat(keyspace.missing())
                .hasValueSatisfying(reason -> assertThat(reason).contains("commands only", "BGREWRITEAOF"));
    }

    private static Evidence collected(RedisServer server) {
        try (Session session = new Connector(ConnectSettings.standard())
                .connect(Target.Live.at(server.address()), PasswordSource.environment(Map.of()))) {
            return new Collector().collect(session, PLAN, Progress.silent());
        }
    }

    private static Map<String, Said> said(Evidence evidence) {
        Map<String, Said> said = new TreeMap<>();
        for (Judgement judgement : new Optimizer()
                .plan(evidence, Requirements.unknown())
                .diagnosis()
                .judgements()) {
            said.put(judgement.rule().id(), said(judgement.verdict()));
        }
        return said;
    }

    private static Said said(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Found(var finding, List<?> _) -> new Said("found", new TreeSet<>(finding.families()));
            case Verdict.Healthy _ -> new Said("healthy", new TreeSet<>());
            case Verdict.NotApplicable _ -> new Said("not applicable", new TreeSet<>());
            case Verdict.Unknown(String missing) -> new Said("unknown: " + missing, new TreeSet<>());
        };
    }
}
