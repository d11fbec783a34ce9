package io.cachewright.optimizer.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cachewright.domain.Engine;
import io.cachewright.domain.ServerVersion;
import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.WireConnection;
import io.cachewright.optimizer.advice.Change.Restart;
import io.cachewright.optimizer.advice.ChangeSteps.Line;
import io.cachewright.optimizer.evidence.ServerConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChangeScriptTest {

    private final ServerNode primary = new ServerNode("10.0.0.1:6379", version("7.0.15"), false);
    private final ServerNode replica = new ServerNode("10.0.0.2:6379", version("7.0.15"), true);
    private final List<ServerNode> nodes = List.of(primary, replica);

    @Test
    void setsChecksAndUndoesAParameter() {
        ChangeSteps steps = ChangeSteps.of(set(primary, "maxmemory", "0", "1gb"));

        assertThat(steps.before())
                .containsExactly(new ChangeSteps.Check(Line.Redis.of("CONFIG", "GET", "maxmemory"), "0"));
        assertThat(steps.apply()).extracting(Line::text).containsExactly("CONFIG SET maxmemory 1gb");
        assertThat(steps.after())
                .containsExactly(new ChangeSteps.Check(Line.Redis.of("CONFIG", "GET", "maxmemory"), "1073741824"));
        assertThat(steps.undo()).extracting(Line::text).containsExactly("CONFIG SET maxmemory 0");
    }

    @Test
    void goesToReplicasFirst() {
        assertThat(order(
                        set(primary, "maxmemory-policy", "noeviction", "volatile-lru"),
                        set(replica, "maxmemory-policy", "noeviction", "volatile-lru")))
                .containsExactly(replica.address(), primary.address());
    }

    @Test
    void goesToThePrimaryFirstWhenAMemoryLimitFalls() {
        assertThat(order(set(replica, "maxmemory", "0", "1gb"), set(primary, "maxmemory", "0", "1gb")))
                .containsExactly(primary.address(), replica.address());
        assertThat(order(set(primary, "maxmemory", "1gb", "2gb"), set(replica, "maxmemory", "1gb", "2gb")))
                .containsExactly(replica.address(), primary.address());
    }

    @Test
    void keepsTheOrderBetweenParametersAndDoesNothingTwice() {
        Change policy = set(primary, "maxmemory-policy", "noeviction", "volatile-lru");
        Change limit = set(primary, "maxmemory", "0", "1gb");

        ChangeScript script = ChangeScript.of(List.of(policy, limit, policy), nodes);

        assertThat(script.toRedisCli(primary))
                .isEqualTo("CONFIG SET maxmemory-policy volatile-lru\nCONFIG SET maxmemory 1gb\n");
        assertThat(script.toRedisCliUndo(primary))
                .isEqualTo("CONFIG SET maxmemory 0\nCONFIG SET maxmemory-policy noeviction\n");
        assertThat(script.toRedisCli(replica)).isEmpty();
    }

    @Test
    void writesConfigurationLinesThatOlderVersionsReadToo() {
        ChangeScript script = ChangeScript.of(
                List.of(
                        set(primary, "save", "", "3600 1 300 100"),
                        set(primary, "client-output-buffer-limit", "normal 0 0 0", "normal 1gb 0 0 pubsub 32mb 8mb 60"),
                        set(primary, "proc-title-template", "{title}", "{title} {listen-addr}"),
                        set(primary, "unixsocket", "/tmp/x", "")),
                nodes);

        assertThat(script.toRedisConf(primary)).isEqualTo("""
                save 3600 1
                save 300 100
                client-output-buffer-limit normal 1073741824 0 0
                client-output-buffer-limit pubsub 33554432 8388608 60
                proc-title-template "{title} {listen-addr}"
                unixsocket ""
                """);
    }

    @Test
    void leavesARestartToPeople() {
        ChangeScript script = ChangeScript.of(
                List.of(new Change.SetParameter(primary.address(), "io-threads", "1", "4", Restart.NEEDED)), nodes);

        assertThat(script.toRedisCli(primary)).isEmpty();
        assertThat(script.toShell()).contains("# to do: set `io-threads 4` in the configuration file");
    }

    @Test
    void neverWritesASecretBack() {
        ChangeSteps steps = ChangeSteps.of(set(primary, "requirepass", ServerConfig.REDACTED, "s3cret"));

        assertThat(steps.before()).isEmpty();
        assertThat(steps.undo()).singleElement().isInstanceOf(Line.Person.class);
    }

    @Test
    void tellsPeopleWhatToDoWithLifetimes() {
        ChangeSteps steps =
                ChangeSteps.of(new Change.SetTimeToLive("md:{I}:l1", Optional.empty(), Duration.ofSeconds(30), 0.1));

        assertThat(steps.apply().getFirst().text()).contains("30s ± 3s").contains("PX");
        assertThat(steps.undo().getFirst().text()).contains("PERSIST");
    }

    @Test
    void knowsValuesInTheFormThatTheServerPrints() {
        assertThat(ParameterValue.areEqual("maxmemory", "1gb", "1073741824")).isTrue();
        assertThat(ParameterValue.areEqual("maxmemory", "1gb", "1000000000")).isFalse();
        assertThat(ParameterValue.areEqual(
                        "client-output-buffer-limit",
                        "replica 256mb 64mb 60",
                        "normal 0 0 0 slave 268435456 67108864 60 pubsub 33554432 8388608 60"))
                .isTrue();
        assertThat(ParameterValue.areEqual("notify-keyspace-events", "KEA", "AKE"))
                .isTrue();
        assertThat(ParameterValue.areEqual("notify-keyspace-events", "Kx", "AKE"))
                .isFalse();
    }

    @Test
    void theShellScriptAppliesAndUndoesOnARealServer() throws IOException, InterruptedException {
        assumeTrue(Shells.has("redis-cli"), "redis-cli is not installed");
        try (RedisServer server = RedisServer.start(ServerSettings.onTcp());
                WireConnection connection = server.connect()) {
            ServerNode node = node(server);
            ChangeScript script = ChangeScript.of(
                    List.of(
                            set(node, "maxmemory-policy", "noeviction", "volatile-lru"),
                            set(node, "maxmemory", "0", "64mb"),
                            set(node, "save", "", "3600 1 300 100"),
                            new Change.SetAcl(node.address(), "default", "-keys -flushall", "+keys +flushall")),
                    List.of(node));

            Shells.Outcome applied = Shells.run(script.toShell(), "sh");
            assertThat(applied).isEqualTo(new Shells.Outcome(0, ""));
            assertThat(value(connection, "maxmemory")).isEqualTo("67108864");
            assertThat(connection.call("KEYS", "*").isError()).isTrue();

            assertThat(Shells.run(script.toShell(), "sh").output())
                    .contains("stopped: maxmemory-policy is 'volatile-lru', expected 'noeviction'");

            assertThat(Shells.run(script.toShellUndo(), "sh")).isEqualTo(new Shells.Outcome(0, ""));
            assertThat(value(connection, "maxmemory")).isEqualTo("0");
            assertThat(value(connection, "save")).isEmpty();
            assertThat(connection.call("KEYS", "*").isError()).isFalse();
        }
    }

    @Test
    void theShellScriptStopsAtAnotherVersion() throws IOException, InterruptedException {
        assumeTrue(Shells.has("redis-cli"), "redis-cli is not installed");
        try (RedisServer server = RedisServer.start(ServerSettings.onTcp());
                WireConnection connection = server.connect()) {
            ServerNode other =
                    new ServerNode(node(server).address(), ServerVersion.parse(Engine.VALKEY, "9.9.9"), false);
            ChangeScript script = ChangeScript.of(List.of(set(other, "maxmemory", "0", "64mb")), List.of(other));

            Shells.Outcome outcome = Shells.run(script.toShell(), "sh");

            assertThat(outcome.status()).isEqualTo(1);
            assertThat(outcome.output()).contains("is no longer Valkey 9.9.9");
            assertThat(value(connection, "maxmemory")).isEqualTo("0");
        }
    }

    private static ServerNode node(RedisServer server) {
        return new ServerNode("127.0.0.1:" + server.port().orElseThrow(), Optional.of(server.version()), false);
    }

    private static String value(WireConnection connection, String parameter) {
        return connection.call("CONFIG", "GET", parameter).elements().get(1).text();
    }

    private List<String> order(Change... changes) {
        return ChangeScript.of(List.of(changes), nodes).steps().stream()
                .map(ChangeSteps::where)
                .toList();
    }

    private static Change set(ServerNode node, String name, String oldValue, String newValue) {
        return new Change.SetParameter(node.address(), name, oldValue, newValue, Restart.NOT_NEEDED);
    }

    private static Optional<ServerVersion> version(String text) {
        return ServerVersion.parse(Engine.REDIS, text);
    }
}
