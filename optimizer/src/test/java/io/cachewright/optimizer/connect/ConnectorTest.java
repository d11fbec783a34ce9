package io.cachewright.optimizer.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.Address;
import io.cachewright.optimizer.connect.TargetUnreachable.Code;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectorTest {

    private static final String PASSWORD = "correct-horse-9";

    private static final Duration SHORT = Duration.ofMillis(700);

    private final Connector connector = new Connector(ConnectSettings.standard().withTimeouts(SHORT, SHORT));

    @Test
    void speaksOverTcpAndOverAUnixSocket() {
        try (RedisServer server =
                RedisServer.start(ServerSettings.onTcp().withTransport(ServerSettings.Transport.BOTH))) {
            Address socket = Address.unixSocket(server.socketPath().orElseThrow());
            for (Address address : new Address[] {server.address(), socket}) {
                try (Session session = connector.connect(Target.Live.at(address), PasswordSource.none())) {
                    assertThat(session.call("ECHO", "hello").text()).isEqualTo("hello");
                    assertThat(session.call("CLIENT", "GETNAME").text()).isEqualTo("cachewright");
                    assertThat(session.call("NOSUCH").isError()).isTrue();
                    assertThat(session.call("CONFIG", "GET", "no-such").elements())
                            .isEmpty();
                    assertThat(session.call("COMMAND", "INFO", "get").elements())
                            .hasSize(1);
                }
            }
        }
    }

    @Test
    void saysThatNothingListens() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        assertFails(Code.NOTHING_LISTENING, "redis://127.0.0.1:" + port, "nothing listens there");
        assertFails(Code.NOTHING_LISTENING, "unix:/tmp/no-such-dir/redis.sock", "there is no such socket");
    }

    @Test
    void saysThatTheHostIsUnknown() {
        assertFails(Code.UNKNOWN_HOST, "redis://no-such-host.invalid:6379", "no such host");
    }

    @Test
    void tellsAMissingFromAWrongPassword() {
        try (RedisServer server = RedisServer.start(ServerSettings.onTcp().withPassword(PASSWORD))) {
            int port = server.port().orElseThrow();
            assertFails(Code.PASSWORD_MISSING, "redis://127.0.0.1:" + port, "a password is needed");
            assertFails(Code.WRONG_PASSWORD, "redis://:wrong-9@127.0.0.1:" + port, "the password is wrong");
            assertFails(Code.USER_REFUSED, "redis://nobody:wrong-9@127.0.0.1:" + port, "user nobody is refused");
            connect("redis://:" + PASSWORD + "@127.0.0.1:" + port).close();
        }
    }

    @Test
    void takesThePasswordOfTheEnvironmentOrAsksForIt() {
        try (RedisServer server = RedisServer.start(ServerSettings.onTcp().withPassword(PASSWORD))) {
            Target.Live target = Target.Live.at(server.address());
            connector
                    .connect(target, PasswordSource.environment(Map.of(PasswordSource.VARIABLE, PASSWORD)))
                    .close();
            connector
                    .connect(target, PasswordSource.environment(Map.of(), _ -> Optional.of(Secret.of(PASSWORD))))
                    .close();
        }
    }

    @Test
    void ignoresAPasswordThatAnOpenServerDoesNotWant() {
        try (RedisServer server = RedisServer.start(ServerSettings.onTcp())) {
            connect("redis://:" + PASSWORD + "@127.0.0.1:" + server.port().orElseThrow())
                    .close();
        }
    }

    @Test
    void saysThatClientsAreExhausted() {
        try (RedisServer server = RedisServer.start(ServerSettings.onTcp().with("maxclients", "1"));
                Session first = connector.connect(Target.Live.at(server.address()), PasswordSource.none())) {
            assertFails(Code.CLIENTS_EXHAUSTED, server.address().toString(), "maxclients");
            assertThat(first.call("PING").text()).isEqualTo("PONG");
        }
    }

    @Test
    void saysThatAReplicaLostItsPrimary() {
        ServerSettings settings =
                ServerSettings.onTcp().with("replicaof", "127.0.0.1 1").with("replica-serve-stale-data", "no");
        try (RedisServer server = RedisServer.start(settings)) {
            assertFails(Code.PRIMARY_LINK_DOWN, server.address().toString(), "lost its primary");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-DENIED Redis is running in protected mode because … | PROTECTED_MODE | protected mode",
                "-LOADING Redis is loading the dataset in memory | LOADING | loading its data set: 42.17 % done, about 9 s to go",
                "-BUSY Redis is busy running a script. | SCRIPT_RUNNING | running a script",
                "HTTP/1.1 400 Bad Request | NOT_REDIS | answers as a web server does",
                "220 mail.example ESMTP | NOT_REDIS | in another protocol",
            })
    void readsTheFirstWordsOfOtherServers(String greeting, Code code, String clause) throws IOException {
        try (FakeServer server = FakeServer.answering(greeting)) {
            assertFails(code, "127.0.0.1:" + server.port(), clause);
        }
    }

    @Test
    void givesUpOnSilenceAndOnAStoppedServer() throws IOException {
        try (FakeServer silent = FakeServer.silent();
                RedisServer stopped = RedisServer.start(ServerSettings.onTcp())) {
            stopped.pause();
            assertFails(Code.TIMED_OUT, "127.0.0.1:" + silent.port(), "no answer within 700 ms");
            assertFails(Code.TIMED_OUT, stopped.address().toString(), "no answer within 700 ms");
            stopped.resume();
        }
    }

    @Test
    void saysThatPlainWasExpected() {
        try (RedisServer server = RedisServer.start(ServerSettings.onTcp())) {
            assertFails(
                    Code.PLAIN_EXPECTED, "rediss://127.0.0.1:" + server.port().orElseThrow(), "use redis:// instead");
        }
    }

    @Test
    void comesBackAfterTheConnectionWasKilled() {
        try (RedisServer server = RedisServer.start(ServerSettings.onTcp());
                Session session = connector.connect(Target.Live.at(server.address()), PasswordSource.none())) {
            try (var admin = server.connect()) {
                admin.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
            }
            assertThatThrownBy(() -> session.call("PING")).isInstanceOf(ConnectionLost.class);
            assertThat(session.call("PING").text()).isEqualTo("PONG");
        }
    }

    @Test
    void trustsOnlyTheNamedAuthority() throws IOException {
        try (TlsServer server = TlsServer.startOrSkip()) {
            int port = server.port();
            assertFails(Code.TLS_EXPECTED, "redis://127.0.0.1:" + port, "use rediss:// instead");
            assertFails(Code.CERTIFICATE_NOT_TRUSTED, "rediss://127.0.0.1:" + port, "no trusted authority signed it");
            ConnectSettings trusting =
                    ConnectSettings.standard().withTimeouts(SHORT, SHORT).withTrustedCertificates(server.authority());
            try (Session session = new Connector(trusting)
                    .connect((Target.Live) Target.parse("rediss://127.0.0.1:" + port), PasswordSource.none())) {
                assertThat(session.call("PING").text()).isEqualTo("PONG");
            }
            ConnectSettings missing = trusting.withTrustedCertificates(Path.of("/no/such/ca.pem"));
            assertThatThrownBy(() -> new Connector(missing)
                            .connect((Target.Live) Target.parse("rediss://127.0.0.1:" + port), PasswordSource.none()))
                    .hasMessageContaining("cannot read the certificate file");
        }
    }

    private Session connect(String uri) {
        return connector.connect((Target.Live) Target.parse(uri), PasswordSource.none());
    }

    private void assertFails(Code code, String uri, String clause) {
        assertThatThrownBy(() -> connect(uri).close())
                .isInstanceOfSatisfying(
                        TargetUnreachable.class,
                        failure -> assertThat(failure.code()).isEqualTo(code))
                .hasMessageContaining(clause)
                .satisfies(failure -> assertThat(failure.getMessage())
                        .doesNotContain(PASSWORD, "wrong-9", "\n", "Exception", "lettuce", "netty"))
                .hasNoCause();
    }
}
