package io.cachewright.lab.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachewright.domain.Engine;
import io.cachewright.lab.server.ServerSettings.Transport;
import io.cachewright.lab.wire.Address;
import io.cachewright.lab.wire.Credentials;
import io.cachewright.lab.wire.Reply;
import io.cachewright.lab.wire.WireConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RedisServerTest {

    @Test
    void embeddedServerAnswersOnAPortTheSystemChose() {
        try (RedisServer server = RedisServer.start(ServerSettings.onTcp());
                WireConnection connection = server.connect()) {
            assertThat(server.version().engine()).isEqualTo(Engine.REDIS);
            assertThat(server.port()).isPresent();
            assertThat(connection.call("PING")).isEqualTo(new Reply.Simple("PONG"));
            assertThat(connection
                            .call("CONFIG", "GET", "bind")
                            .elements()
                            .get(1)
                            .text())
                    .isEqualTo("127.0.0.1");
        }
    }

    @Test
    void everyServerAtHandStartsOnAUnixSocket() {
        for (ServerBinary binary : ServerBinaries.all()) {
            try (RedisServer server = RedisServer.start(binary, ServerSettings.onUnixSocket());
                    WireConnection connection = server.connect()) {
                assertThat(server.port()).isEmpty();
                assertThat(server.address()).isInstanceOf(Address.UnixSocket.class);
                assertThat(connection.call("INFO", "server").text()).contains("process_id:" + server.pid());
            }
        }
    }

    @Test
    void servesBothTransportsAtOnce() {
        try (RedisServer server = RedisServer.start(ServerSettings.onTcp().withTransport(Transport.BOTH));
                WireConnection tcp = server.connect();
                WireConnection socket = WireConnection.open(
                        Address.unixSocket(server.socketPath().orElseThrow()), Optional.empty())) {
            tcp.call("SET", "k", "v").orThrow();
            assertThat(socket.call("GET", "k").text()).isEqualTo("v");
        }
    }

    @Test
    void directivesReachTheServerAlsoRepeatedOnes() {
        ServerSettings settings = ServerSettings.onUnixSocket()
                .with("maxmemory", "32mb")
                .with("save", "900 1", "300 10")
                .adding("user", "reader on >sesame ~md:* +get");
        try (RedisServer server = RedisServer.start(settings);
                WireConnection reader =
                        WireConnection.open(server.address(), Optional.of(new Credentials("reader", "sesame")));
                WireConnection connection = server.connect()) {
            assertThat(connection
                            .call("CONFIG", "GET", "maxmemory")
                            .elements()
                            .get(1)
                            .text())
                    .isEqualTo("33554432");
            assertThat(connection
                            .call("CONFIG", "GET", "save")
                            .elements()
                            .get(1)
                            .text())
                    .isEqualTo("900 1 300 10");
            assertThat(reader.call("GET", "other")).isInstanceOf(Reply.Error.class);
        }
    }

    @Test
    void passwordGuardsTheServerAndIsInNoArgumentAndNoText() throws IOException {
        String password = "s3cret \"with\" blanks #1";
        ServerSettings settings = ServerSettings.onTcp().withPassword(password);
        try (RedisServer server = RedisServer.start(settings);
                WireConnection unknown = WireConnection.open(server.address(), Optional.empty());
                WireConnection known = server.connect()) {
            assertThat(unknown.call("PING"))
                    .isInstanceOfSatisfying(
                            Reply.Error.class,
                            error -> assertThat(error.prefix()).isEqualTo("NOAUTH"));
            assertThat(known.call("PING").text()).isEqualTo("PONG");
            assertThat(String.join(
                            " ",
                            ProcessHandle.of(server.pid())
                                    .orElseThrow()
                                    .info()
                                    .arguments()
                                    .orElse(new String[0])))
                    .doesNotContain("s3cret");
            assertThat(settings + " " + server.credentials() + " " + server + server.log())
                    .doesNotContain("s3cret");
            Path configuration = server.directory().resolve("server.conf");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(configuration)))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(server.directory())))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void closingTakesTheProcessAndTheDirectoryAway() {
        RedisServer server = RedisServer.start(ServerSettings.onUnixSocket());
        ProcessHandle process = ProcessHandle.of(server.pid()).orElseThrow();
        server.close();
        server.close();
        assertThat(process.isAlive()).isFalse();
        assertThat(server.isAlive()).isFalse();
        assertThat(server.directory()).doesNotExist();
    }

    @Test
    void aKeptDirectoryHoldsWhatTheServerSaved() throws IOException {
        RedisServer server = RedisServer.start(
                ServerSettings.onUnixSocket().with("save", "3600 1").keepingDirectory());
        Path dump = server.directory().resolve("dump.rdb");
        try (server;
                WireConnection connection = server.connect()) {
            connection.call("SET", "k", "kept").orThrow();
        }
        assertThat(dump).exists();
        try (RedisServer next = RedisServer.start(ServerSettings.onUnixSocket().withFile("dump.rdb", dump));
                WireConnection connection = next.connect()) {
            assertThat(connection.call("GET", "k").text()).isEqualTo("kept");
        } finally {
            PrivateDirectory.delete(server.directory());
        }
    }

    @Test
    void aKilledServerComesBackAtTheSameAddress() {
        ServerSettings settings =
                ServerSettings.onTcp().with("appendonly", "yes").with("appendfsync", "always");
        try (RedisServer server = RedisServer.start(settings)) {
            Address address = server.address();
            try (WireConnection connection = server.connect()) {
                connection.call("SET", "k", "v").orThrow();
            }
            server.kill();
            assertThat(server.isAlive()).isFalse();
            server.restart();
            assertThat(server.address()).isEqualTo(address);
            try (WireConnection connection = server.connect()) {
                assertThat(connection.call("GET", "k").text()).isEqualTo("v");
            }
            server.restart();
            assertThat(server.isAlive()).isTrue();
        }
    }

    @Test
    void aPausedServerAnswersOnlyAfterItResumes() {
        try (RedisServer server = RedisServer.start(ServerSettings.onUnixSocket());
                WireConnection connection = server.connect()) {
            server.pause();
            connection.send(io.cachewright.lab.wire.Command.of("PING"));
            assertThat(connection.receive(Duration.ofMillis(100))).isEmpty();
            server.resume();
            assertThat(connection.receive(Duration.ofSeconds(5))).contains(new Reply.Simple("PONG"));
        }
    }

    @Test
    void aPausedServerCanBeClosed() {
        RedisServer server = RedisServer.start(ServerSettings.onUnixSocket());
        server.pause();
        ProcessHandle process = ProcessHandle.of(server.pid()).orElseThrow();
        server.close();
        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void aServerThatDoesNotStartSaysWhatItsLogSaysWithoutTheSecret() {
        assertThatThrownBy(() -> RedisServer.start(ServerSettings.onUnixSocket().with("no-such-directive", "1")))
                .isInstanceOf(ServerUnavailable.class)
                .hasMessageContaining("no-such-directive");
        assertThatThrownBy(() -> RedisServer.start(
                        ServerSettings.onUnixSocket().with("requirepass", "s3cret too many arguments")))
                .isInstanceOf(ServerUnavailable.class)
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void directivesOfTheLabAreRefused() {
        assertThatThrownBy(() -> ServerSettings.onTcp().with("bind", "0.0.0.0")).hasMessageContaining("bind");
        assertThatThrownBy(() -> ServerSettings.onTcp().with("save", "1 1\nport 1"))
                .hasMessageContaining("line break");
    }
}
