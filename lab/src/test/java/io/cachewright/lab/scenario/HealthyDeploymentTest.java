package io.cachewright.lab.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.lab.load.LoadGenerator;
import io.cachewright.lab.load.LoadResult;
import io.cachewright.lab.load.LoadSettings;
import io.cachewright.lab.market.PackedBook;
import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.wire.Reply;
import io.cachewright.lab.wire.WireConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HealthyDeploymentTest {

    @Test
    void itRunsAsItsOwnUserWithinItsMemoryAndLeavesNoKeyWithoutALifetime() {
        HealthyDeployment healthy = HealthyDeployment.withSeed(7);
        try (RedisServer server = RedisServer.start(healthy.settings());
                WireConnection connection = server.connect()) {
            List<String> errors = new ArrayList<>();
            connection.pipelineAll(healthy.fill(), reply -> {
                if (reply instanceof Reply.Error(String message)) {
                    errors.add(message);
                }
            });
            assertThat(errors).isEmpty();
            LoadResult load = LoadGenerator.openLoop()
                    .run(
                            server.address(),
                            healthy.loadCredentials(),
                            healthy.workload(),
                            LoadSettings.lasting(Duration.ofSeconds(3)));
            assertThat(load.errors()).isEmpty();
            assertThat(load.unanswered()).isZero();

            String info = connection.call("INFO", "everything").text();
            assertThat(field(info, "used_memory")).isBetween(5L << 20, 128L << 20);
            // Only a tape that is read before its first trade misses.
            assertThat(field(info, "keyspace_misses")).isLessThan(10);
            assertThat(field(info, "evicted_keys")).isZero();
            String keyspace = info.lines()
                    .filter(line -> line.startsWith("db0:"))
                    .findFirst()
                    .orElseThrow();
            assertThat(keyspace.replaceAll(".*keys=(\\d+),.*", "$1"))
                    .isEqualTo(keyspace.replaceAll(".*expires=(\\d+),.*", "$1"));

            Reply.Bulk packed = (Reply.Bulk) connection.call("GET", "md:{XLAB.BTCUSD}:l2");
            PackedBook book = PackedBook.parse(packed.bytes());
            assertThat(book.state()).isEqualTo(PackedBook.State.LIVE);
            assertThat(book.bids().size()).isEqualTo(20);
            assertThat(book.bids().price(0)).isLessThan(book.asks().price(0));
        }
    }

    @Test
    void theLoadsUserMayDoNothingDangerous() {
        HealthyDeployment healthy = HealthyDeployment.withSeed(7);
        try (RedisServer server = RedisServer.start(healthy.settings());
                WireConnection connection = WireConnection.open(server.address(), healthy.loadCredentials())) {
            assertThat(connection.call("FLUSHALL")).isInstanceOf(Reply.Error.class);
            assertThat(connection.call("KEYS", "*")).isInstanceOf(Reply.Error.class);
            assertThat(connection.call("CONFIG", "GET", "*")).isInstanceOf(Reply.Error.class);
            assertThat(connection.call("GET", "ord:{A1}:1")).isInstanceOf(Reply.Error.class);
        }
    }

    @Test
    void passwordsAreNewEachTimeAndShownNowhere() {
        HealthyDeployment one = HealthyDeployment.withSeed(7);
        HealthyDeployment other = HealthyDeployment.withSeed(7);
        String password = one.loadCredentials().orElseThrow().password();
        assertThat(password).isNotEqualTo(other.loadCredentials().orElseThrow().password());
        assertThat(one.settings().toString()).doesNotContain(password);
        assertThat(one.description()).doesNotContain(password);
    }

    private static long field(String info, String name) {
        return info.lines()
                .filter(line -> line.startsWith(name + ':'))
                .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow();
    }
}
