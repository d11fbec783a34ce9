package io.cachewright.lab.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.Address;
import io.cachewright.lab.wire.Command;
import io.cachewright.lab.wire.Reply;
import io.cachewright.lab.wire.WireConnection;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultProxyTest {

    private static final Duration SHORT = Duration.ofMillis(150);

    private static RedisServer server;
    private FaultProxy proxy;
    private WireConnection connection;

    @BeforeAll
    static void startServer() {
        server = RedisServer.start(ServerSettings.onTcp());
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void connect() {
        proxy = FaultProxy.before((Address.Tcp) server.address());
        connection = WireConnection.open(proxy.address(), Optional.empty());
    }

    @AfterEach
    void close() {
        connection.close();
        proxy.close();
    }

    @Test
    void passesEverythingWhileThereIsNoFault() {
        String large = "x".repeat(1 << 20);
        connection.call("SET", "large", large);
        assertThat(connection.call("GET", "large").toString()).contains(large);
    }

    @Test
    void aCutEndsConnectionsAndTheNextOneWorks() {
        // A connection that the proxy has not accepted yet is not there to be cut.
        connection.call("PING");
        proxy.cut();
        assertThatThrownBy(() -> connection.call("PING")).isInstanceOf(UncheckedIOException.class);
        try (WireConnection next = WireConnection.open(proxy.address(), Optional.empty())) {
            assertThat(next.call("PING").toString()).contains("PONG");
        }
        assertThat(proxy.accepted()).isEqualTo(2);
    }

    @Test
    void whatEntersAHoleComesOutWhenItCloses() {
        proxy.openHole();
        connection.send(Command.of("PING"));
        assertThat(connection.receive(SHORT)).isEmpty();
        proxy.restore();
        assertThat(connection.receive(Duration.ofSeconds(10)).map(Reply::toString))
                .hasValueSatisfying(reply -> assertThat(reply).contains("PONG"));
    }

    @Test
    void aHoleOneWayLetsTheOtherWayThrough() throws InterruptedException {
        proxy.openHoleToClients();
        connection.send(Command.of("SET", "one-way", "1"));
        try (WireConnection direct = server.connect()) {
            for (int i = 0;
                    i < 10_000 && !direct.call("EXISTS", "one-way").toString().contains("1");
                    i++) {
                Thread.sleep(1);
            }
            assertThat(direct.call("EXISTS", "one-way").toString()).contains("1");
        }
        assertThat(connection.receive(SHORT)).isEmpty();
    }

    @Test
    void newConnectionsAreSparedTheFaultsOfTheOldOnes() {
        connection.call("PING");
        proxy.openHole();
        proxy.spareNew();
        connection.send(Command.of("PING"));
        try (WireConnection next = WireConnection.open(proxy.address(), Optional.empty())) {
            assertThat(next.call("PING").toString()).contains("PONG");
        }
        assertThat(connection.receive(SHORT)).isEmpty();
        proxy.restore();
        assertThat(connection.receive(Duration.ofSeconds(10))).isPresent();
    }

    @Test
    void aDelayCountsEachWay() {
        proxy.delay(Duration.ofMillis(40));
        long begun = System.nanoTime();
        connection.call("PING");
        assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(80_000_000L);
    }

    @Test
    void aThrottleHoldsTheFlowBack() {
        connection.call("SET", "large", "x".repeat(64 << 10));
        proxy.throttle(512 << 10);
        long begun = System.nanoTime();
        connection.call("GET", "large");
        // The last piece is written before its time is waited for, hence less than the whole 125 ms.
        assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(80_000_000L);
    }

    @Test
    void aSeveredProxyRefusesUntilItIsRestored() {
        proxy.sever();
        assertThatThrownBy(() -> {
                    try (WireConnection next = WireConnection.open(proxy.address(), Optional.empty())) {
                        next.call("PING");
                    }
                })
                .isInstanceOf(UncheckedIOException.class);
        proxy.restore();
        try (WireConnection next = WireConnection.open(proxy.address(), Optional.empty())) {
            assertThat(next.call("PING").toString()).contains("PONG");
        }
    }
}
