package io.cachewright.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.domain.policy.CacheClass;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The driver has nothing to complain of when a client is closed.
class CleanCloseTest extends OnServer {

    /// Here the driver logs by the platform, since there is no SLF4J provider.
    private static final Logger DRIVER = Logger.getLogger("io.lettuce.core");

    private static final class Complaints extends Handler {
        private final ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();

        @Override
        public void publish(LogRecord complaint) {
            heard.add(complaint.getMessage());
        }

        @Override
        public void flush() {
            // Nothing waits.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    private final Complaints complaints = new Complaints();

    @BeforeEach
    void listen() {
        DRIVER.addHandler(complaints);
    }

    @AfterEach
    void leave() {
        DRIVER.removeHandler(complaints);
    }

    @Test
    void aConnectionThatIsClosedTwiceIsHeardOf() {
        RedisClient driver = RedisClient.create("redis://" + server.address());
        StatefulRedisConnection<String, String> connection = driver.connect();
        connection.close();
        connection.close();
        driver.shutdown();
        assertThat(complaints.heard).containsExactly("Connection is already closed");
    }

    @Test
    void aClientClosesEachConnectionOnce() {
        List<CachewrightClient> clients = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            CachewrightClient client = CachewrightClient.builder("redis://" + server.address())
                    .readTimeout(Duration.ofSeconds(10))
                    .cacheClass(CacheClass.builder("quotes", "md:").build())
                    .build();
            clients.add(client);
            client.nearCache("quotes", Codec.utf8()).put("md:VOD.L", "72.10", Duration.ZERO);
        }
        clients.forEach(CachewrightClient::close);
        assertThat(complaints.heard).isEmpty();
    }
}
