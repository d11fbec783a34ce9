package io.cachewright.optimizer.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.server.ServerSettings.Transport;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// An interrupt while a reply is awaited is told as such, and is no lost connection.
class InterruptedSessionTest {

    private final Connector connector = new Connector(ConnectSettings.standard());

    @AfterEach
    void clearTheStatusThatTheTestLeft() {
        boolean _ = Thread.interrupted();
    }

    @ParameterizedTest
    @EnumSource(names = {"TCP", "UNIX_SOCKET"})
    void endsTheWaitAndTheNextQuestionIsAnswered(Transport transport) {
        try (RedisServer server = RedisServer.start(ServerSettings.onTcp().withTransport(transport))) {
            expectInterrupt(server, Target.Live.at(server.address()), connector);
        }
    }

    @Test
    void endsTheWaitOverTlsAndLeavesNoThread() throws IOException {
        try (TlsServer tls = TlsServer.startOrSkip()) {
            expectInterrupt(
                    tls.server(),
                    (Target.Live) Target.parse("rediss://127.0.0.1:" + tls.port()),
                    new Connector(ConnectSettings.standard().withTrustedCertificates(tls.authority())));
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("lettuce"));
    }

    @ParameterizedTest
    @EnumSource(names = {"TCP", "UNIX_SOCKET"})
    void endsTheConnectingToo(Transport transport) {
        try (RedisServer server = RedisServer.start(ServerSettings.onTcp().withTransport(transport))) {
            server.pause();
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> connector
                            .connect(Target.Live.at(server.address()), PasswordSource.none())
                            .close())
                    .isInstanceOf(SessionInterrupted.class);
            server.resume();
        }
    }

    /// A server that is stopped answers nothing, so the wait is sure to be interrupted.
    private static void expectInterrupt(RedisServer server, Target.Live target, Connector connector) {
        try (Session session = connector.connect(target, PasswordSource.none())) {
            server.pause();
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> session.call("PING")).isInstanceOf(SessionInterrupted.class);
            assertThat(Thread.interrupted()).as("the status stays set").isTrue();
            server.resume();
            assertThat(session.call("PING").text()).isEqualTo("PONG");
            Thread.currentThread().interrupt();
        }
        boolean _ = Thread.interrupted();
    }
}
