package io.cachewright.lab.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerSettings;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WireConnectionTest {

    private final RedisServer server = RedisServer.start(ServerSettings.onTcp().withPassword("sesame"));

    @BeforeAll
    void fill() {
        try (WireConnection connection = server.connect()) {
            List<Reply> replies = new ArrayList<>();
            long sent = connection.pipelineAll(
                    IntStream.range(0, 5_000)
                            .mapToObj(i -> Command.of("SET", "key:" + i, "value " + i))
                            .iterator(),
                    replies::add);
            assertThat(sent).isEqualTo(5_000);
            assertThat(replies).hasSize(5_000).containsOnly(new Reply.Simple("OK"));
        }
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void aPipelineLargerThanAllBuffersDoesNotLockUp() {
        String large = "x".repeat(100_000);
        List<Command> commands =
                IntStream.range(0, 400).mapToObj(_ -> Command.of("ECHO", large)).toList();
        try (WireConnection connection = server.connect()) {
            List<Reply> replies = connection.pipeline(commands);
            assertThat(replies).hasSize(400);
            assertThat(replies.getLast().text()).isEqualTo(large);
        }
    }

    @Test
    void speaksTheNewProtocolAndKeepsPushesApart() {
        try (WireConnection connection = server.connect();
                WireConnection other = server.connect()) {
            assertThat(connection.hello(3)).isInstanceOf(Reply.Map.class);
            connection.call("CLIENT", "TRACKING", "ON").orThrow();
            connection.call("GET", "key:1").orThrow();
            other.call("SET", "key:1", "value 1").orThrow();
            assertThat(connection.call("PING").text()).isEqualTo("PONG");
            assertThat(connection.receive(Duration.ofSeconds(5)))
                    .hasValueSatisfying(push -> assertThat(push)
                            .isEqualTo(new Reply.Push(List.of(
                                    new Reply.Bulk("invalidate".getBytes(StandardCharsets.US_ASCII)),
                                    new Reply.Array(
                                            List.of(new Reply.Bulk("key:1".getBytes(StandardCharsets.US_ASCII))))))));
            assertThat(connection.call("NOSUCH").isError()).isTrue();
        }
    }

    @Test
    void aRefusalOfCredentialsIsToldWithoutThem() {
        assertThatThrownBy(() -> WireConnection.open(server.address(), Optional.of(Credentials.ofPassword("wrong"))))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("refused user default: WRONGPASS")
                .hasMessageNotContaining("wrong ");
    }

    @Test
    void silenceIsATimeoutAndEndsTheConnection() {
        try (RedisServer silent = RedisServer.start(ServerSettings.onUnixSocket())) {
            WireConnection connection = WireConnection.open(
                    silent.address(), Optional.empty(), Duration.ofSeconds(1), Duration.ofMillis(50));
            silent.pause();
            assertThatThrownBy(() -> connection.call("PING")).hasCauseInstanceOf(SocketTimeoutException.class);
            assertThat(connection.isOpen()).isFalse();
        }
    }

    @Test
    void aServerThatGoesAwayIsTold() {
        RedisServer doomed = RedisServer.start(ServerSettings.onUnixSocket());
        try (doomed;
                WireConnection connection = doomed.connect()) {
            doomed.kill();
            assertThatThrownBy(() -> connection.call("PING"))
                    .isInstanceOf(UncheckedIOException.class)
                    .cause()
                    .isInstanceOfAny(EOFException.class, IOException.class);
        }
        assertThatThrownBy(() -> WireConnection.open(doomed.address(), Optional.empty()))
                .hasMessageContaining("cannot connect to unix:");
    }

    @Test
    void whatIsNoRedisServerIsRefused() throws IOException {
        try (ServerSocket web = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (var client = web.accept()) {
                    client.getOutputStream()
                            .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                } catch (IOException _) {
                    // The other side sees it too.
                }
            });
            try (WireConnection connection =
                    WireConnection.open(Address.tcp("127.0.0.1", web.getLocalPort()), Optional.empty())) {
                assertThatThrownBy(() -> connection.call("PING")).hasCauseInstanceOf(MalformedReply.class);
            }
        }
    }
}
