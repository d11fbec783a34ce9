package io.cachewright.optimizer.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.domain.Engine;
import io.cachewright.domain.Reading;
import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerBinaries;
import io.cachewright.lab.server.ServerBinary;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.WireConnection;
import io.cachewright.optimizer.bundle.EvidenceBundle;
import io.cachewright.optimizer.connect.ConnectSettings;
import io.cachewright.optimizer.connect.Connector;
import io.cachewright.optimizer.connect.PasswordSource;
import io.cachewright.optimizer.connect.Session;
import io.cachewright.optimizer.connect.Target;
import io.cachewright.optimizer.evidence.Evidence;
import io.cachewright.optimizer.evidence.NodeEvidence;
import io.cachewright.optimizer.evidence.SampledKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeploymentsTest {

    private static final CollectionPlan SHORT = CollectionPlan.standard().withWindow(Duration.ofMillis(200));

    private static final String PASSWORD = "correct-horse-9";

    @Test
    void looksAtTheKeysOfAPrimaryOnItsReplica() throws InterruptedException {
        ServerSettings settings = ServerSettings.onTcp().withPassword(PASSWORD).with("repl-diskless-sync-delay", "0");
        try (RedisServer primary = RedisServer.start(settings);
                RedisServer replica = RedisServer.start(settings.with("masterauth", PASSWORD)
                        .with("replicaof", "127.0.0.1 " + primary.port().orElseThrow()))) {
            try (WireConnection filler = primary.connect()) {
                filler.call("SET", "px:BTC", "61686.25");
                awaitOnline(filler);
            }
            Evidence evidence = collect(primary, PASSWORD);

            assertThat(evidence.nodes()).extracting(NodeEvidence::isReplica).containsExactly(false, true);
            assertThat(evidence.probes())
                    .anyMatch(probe -> probe.probe().equals(KeyspaceReader.PROBE)
                            && probe.node().equals(replica.address().toString()));
            SampledKey key = evidence.primary()
                    .keyspace()
                    .toOptional()
                    .orElseThrow()
                    .keys()
                    .getFirst();
            assertThat(key.bytes().isKnown()).isTrue();
            assertThat(key.idle().missing())
                    .hasValueSatisfying(reason -> assertThat(reason).contains("replica"));
        }
    }

    @Test
    void readsTheCommandLogOfValkey() {
        Optional<ServerBinary> valkey = ServerBinaries.of(Engine.VALKEY, 8, 1);
        Assumptions.assumeTrue(valkey.isPresent(), "there is no Valkey 8.1 here");
        ServerSettings settings = ServerSettings.onTcp().with("commandlog-request-larger-than", "100");
        try (RedisServer server = RedisServer.start(valkey.get(), settings)) {
            try (WireConnection filler = server.connect()) {
                filler.call("SET", "book:BTC", "x".repeat(500));
            }
            NodeEvidence node = collect(server, "").primary();

            assertThat(node.version().map(version -> version.engine())).isEqualTo(Reading.known(Engine.VALKEY));
            assertThat(node.largeRequests().orElse(List.of()))
                    .anyMatch(large -> large.arguments().equals(List.of("SET", "book:BTC", "<500 bytes>")));
            assertThat(node.keyspace().map(sample -> sample.keys().size())).isEqualTo(Reading.known(1));
        }
    }

    @Test
    void readsFrequenciesUnderAnLfuPolicy() {
        try (RedisServer server =
                RedisServer.start(ServerSettings.onUnixSocket().with("maxmemory-policy", "allkeys-lfu"))) {
            try (WireConnection filler = server.connect()) {
                filler.call("SET", "px:BTC", "1");
            }
            SampledKey key = collect(server, "")
                    .primary()
                    .keyspace()
                    .toOptional()
                    .orElseThrow()
                    .keys()
                    .getFirst();

            assertThat(key.frequency().orElse(0)).isPositive();
            assertThat(key.idle().isKnown()).isFalse();
        }
    }

    @Test
    void bundlesWhatItReadWithoutThePassword(@TempDir Path directory) throws IOException {
        PrintStream terminal = System.err;
        ByteArrayOutputStream logged = new ByteArrayOutputStream();
        System.setErr(new PrintStream(logged, true, StandardCharsets.UTF_8));
        try (RedisServer server = RedisServer.start(ServerSettings.onTcp().withPassword(PASSWORD))) {
            try (WireConnection filler = server.connect()) {
                CollectorTest.fillWithTradingKeys(filler);
                filler.call("CONFIG", "SET", "slowlog-log-slower-than", "0");
                filler.call("AUTH", PASSWORD);
                filler.call("AUTH", "wrong-" + PASSWORD);
            }
            Evidence evidence = collect(server, PASSWORD);
            Path file = directory.resolve("evidence.zip");
            EvidenceBundle.write(evidence, file);

            assertThat(EvidenceBundle.read(file)).isEqualTo(evidence);
            try (ZipFile zip = new ZipFile(file.toFile())) {
                String json = new String(
                        zip.getInputStream(zip.getEntry("evidence.json")).readAllBytes(), StandardCharsets.UTF_8);
                assertThat(json).contains("px:BTC").doesNotContain(PASSWORD);
            }
            assertThat(Files.size(file)).isPositive();
        } finally {
            System.setErr(terminal);
        }
        assertThat(logged.toString(StandardCharsets.UTF_8)).doesNotContain(PASSWORD);
    }

    /// Until the replica has what was written over `primary`: online it is before it has read all that was sent.
    private static void awaitOnline(WireConnection primary) throws InterruptedException {
        for (int i = 0; i < 1_200; i++) {
            if (primary.call("INFO", "replication").text().contains("state=online")
                    && primary.call("WAIT", "1", "50").integer() == 1) {
                return;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("the replica did not come online");
    }

    private static Evidence collect(RedisServer server, String password) {
        Target.Live target = Target.Live.at(server.address());
        PasswordSource passwords = PasswordSource.environment(java.util.Map.of(PasswordSource.VARIABLE, password));
        try (Session session = new Connector(ConnectSettings.standard()).connect(target, passwords)) {
            return new Collector().collect(session, SHORT, Progress.silent());
        }
    }
}
