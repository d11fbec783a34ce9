package io.cachewright.optimizer.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.WireConnection;
import io.cachewright.optimizer.connect.ConnectSettings;
import io.cachewright.optimizer.connect.Connector;
import io.cachewright.optimizer.connect.PasswordSource;
import io.cachewright.optimizer.connect.Session;
import io.cachewright.optimizer.connect.Target;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// An interrupt ends a collection at once, with the exception that says so, and leaves no connection open.
class InterruptedCollectionTest {

    private static final CollectionPlan SHORT = CollectionPlan.standard().withWindow(Duration.ofMillis(200));

    private static final Duration CLOSED_WITHIN_MAX = Duration.ofSeconds(20);

    @AfterEach
    void clearTheStatusThatTheTestLeft() {
        boolean _ = Thread.interrupted();
    }

    @ParameterizedTest
    @ValueSource(strings = {"reading INFO", "reading settings", "looking at up to", "keys inspected"})
    void endsAtWhateverStepItIsInterrupted(String step) throws InterruptedException {
        try (RedisServer server = RedisServer.start(ServerSettings.onTcp());
                WireConnection admin = server.connect()) {
            CollectorTest.fillWithTradingKeys(admin);
            try (Session session = new Connector(ConnectSettings.standard())
                    .connect(Target.Live.at(server.address()), PasswordSource.none())) {
                assertThatThrownBy(() -> new Collector().collect(session, SHORT, new InterruptsAt(step)))
                        .isInstanceOf(CollectionInterrupted.class)
                        .hasMessage("collection was interrupted");
                assertThat(Thread.currentThread().isInterrupted()).isTrue();
            }
            clearTheStatusThatTheTestLeft();
            awaitNoConnectionOfOurs(admin);
        }
    }

    /// A server notices a closed connection when it next looks.
    private static void awaitNoConnectionOfOurs(WireConnection admin) throws InterruptedException {
        long end = System.nanoTime() + CLOSED_WITHIN_MAX.toNanos();
        while (admin.call("CLIENT", "LIST").text().contains("name=cachewright")) {
            assertThat(System.nanoTime()).as("a connection stayed open").isLessThan(end);
            Thread.sleep(20);
        }
    }

    /// Interrupts its own thread when it comes to a step.
    private record InterruptsAt(String step) implements Progress {

        @Override
        public void step(String node, String what) {
            if (what.startsWith(step)) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void keysInspected(String node, int done, int planned) {
            step(node, "keys inspected");
        }
    }
}
