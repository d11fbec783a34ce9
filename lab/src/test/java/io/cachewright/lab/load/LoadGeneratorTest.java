package io.cachewright.lab.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.Address;
import io.cachewright.lab.wire.Command;
import io.cachewright.lab.wire.WireConnection;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class LoadGeneratorTest {

    private static final LoadSettings SHORT =
            LoadSettings.lasting(Duration.ofMillis(500)).withWarmUp(Duration.ZERO);

    @Test
    void sendsEachCommandOnceAndCountsItsReply() {
        CommandMix mix = CommandMix.weighted(List.of(
                new CommandMix.Weighted("count", 3, _ -> Command.of("INCR", "counter")),
                new CommandMix.Weighted("read", 1, _ -> Command.of("GET", "counter"))));
        try (RedisServer server = RedisServer.start(ServerSettings.onTcp());
                WireConnection connection = server.connect()) {
            LoadResult result = LoadGenerator.openLoop()
                    .run(server.address(), server.credentials(), Workloads.poisson(4_000, 8, mix, 7), SHORT);
            assertThat(result.sent()).isBetween(1_700L, 2_300L);
            assertThat(result.answered()).isEqualTo(result.sent());
            assertThat(result.latency().getTotalCount()).isEqualTo(result.sent());
            assertThat(result.errors()).isEmpty();
            assertThat(result.byOperation()).containsOnlyKeys("count", "read");
            assertThat(connection.call("GET", "counter").integer())
                    .isEqualTo(result.latency("count").getTotalCount());
        }
    }

    @Test
    void warmUpIsSentButNotCounted() {
        CommandMix mix = CommandMix.always("count", Command.of("INCR", "counter"));
        try (RedisServer server =
                        RedisServer.start(ServerSettings.onUnixSocket().withPassword("sesame"));
                WireConnection connection = server.connect()) {
            LoadResult result = LoadGenerator.openLoop()
                    .run(
                            server.address(),
                            server.credentials(),
                            Workloads.fixedRate(1_000, 4, mix, 7),
                            SHORT.withWarmUp(Duration.ofMillis(200)));
            assertThat(result.sent()).isEqualTo(500);
            assertThat(connection.call("GET", "counter").integer()).isEqualTo(700);
        }
    }

    @Test
    void errorsAreCountedByTheirFirstWordAndNotAsLatency() {
        CommandMix mix = CommandMix.weighted(List.of(
                new CommandMix.Weighted("good", 1, _ -> Command.of("SET", "text", "x")),
                new CommandMix.Weighted("wrong type", 1, _ -> Command.of("LPUSH", "text", "x")),
                new CommandMix.Weighted("unknown", 1, _ -> Command.of("NOSUCH"))));
        try (RedisServer server = RedisServer.start(ServerSettings.onUnixSocket())) {
            try (WireConnection connection = server.connect()) {
                connection.call("SET", "text", "x").orThrow();
            }
            LoadResult result = LoadGenerator.openLoop()
                    .run(server.address(), server.credentials(), Workloads.fixedRate(2_000, 4, mix, 7), SHORT);
            assertThat(result.errors()).containsOnlyKeys("WRONGTYPE", "ERR");
            assertThat(result.answered() + result.errorCount()).isEqualTo(1_000);
            assertThat(result.latency("unknown").getTotalCount()).isZero();
        }
    }

    @Test
    void aCommandStillUnansweredAtTheEndCountsWithItsAge() {
        try (RedisServer server = RedisServer.start(ServerSettings.onUnixSocket())) {
            CommandMix mix = CommandMix.always("blocked", Command.of("BLPOP", "nothing", "0"));
            LoadResult result = LoadGenerator.openLoop()
                    .run(
                            server.address(),
                            server.credentials(),
                            Workloads.fixedRate(100, 50, mix, 7),
                            SHORT.withDrain(Duration.ofMillis(100)));
            assertThat(result.unanswered()).isEqualTo(50);
            assertThat(result.answered()).isZero();
            assertThat(result.percentileNanos(50)).isGreaterThan(100e6);
        }
    }

    @Test
    void commandsBeyondTheBoundAreCountedAndMakeTheRunInvalid() {
        try (RedisServer server = RedisServer.start(ServerSettings.onUnixSocket())) {
            CommandMix mix = CommandMix.always("blocked", Command.of("BLPOP", "nothing", "0"));
            LoadResult result = LoadGenerator.openLoop()
                    .run(
                            server.address(),
                            server.credentials(),
                            Workloads.fixedRate(100, 50, mix, 7),
                            SHORT.withDrain(Duration.ZERO).withInFlightMax(10));
            assertThat(result.dropped()).isEqualTo(40);
            assertThat(result.validity()).isInstanceOf(Validity.Invalid.class);
        }
    }

    @Test
    void aSourceThatIsTooSlowMakesTheRunInvalid() {
        Workload quick = Workloads.fixedRate(20_000, 4, CommandMix.always("read", Command.of("GET", "k")), 7);
        Workload slow = new Workload() {
            @Override
            public int connections() {
                return 4;
            }

            @Override
            public Iterator<TimedCommand> open() {
                Iterator<TimedCommand> commands = quick.open();
                return new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return true;
                    }

                    @Override
                    public TimedCommand next() {
                        long until = System.nanoTime() + 200_000;
                        while (System.nanoTime() < until) {
                            Thread.onSpinWait();
                        }
                        return commands.next();
                    }
                };
            }
        };
        try (RedisServer server = RedisServer.start(ServerSettings.onUnixSocket())) {
            LoadResult result = LoadGenerator.openLoop().run(server.address(), server.credentials(), slow, SHORT);
            assertThat(result.validity())
                    .isInstanceOfSatisfying(
                            Validity.Invalid.class,
                            invalid -> assertThat(invalid.reason()).contains("could not be made in time"));
        }
    }

    @Test
    void aLostConnectionFailsItsCommandsAndComesBack() throws InterruptedException {
        CommandMix mix = CommandMix.always("read", Command.of("GET", "k"));
        try (RedisServer server = RedisServer.start(ServerSettings.onUnixSocket())) {
            Thread breaker = after(Duration.ofMillis(300), () -> {
                server.kill();
                server.restart();
            });
            LoadResult result = LoadGenerator.openLoop()
                    .run(
                            server.address(),
                            server.credentials(),
                            Workloads.fixedRate(2_000, 4, mix, 7),
                            LoadSettings.lasting(Duration.ofSeconds(2)).withWarmUp(Duration.ZERO));
            breaker.join();
            assertThat(result.errors()).containsOnlyKeys(ConnectionSet.CONNECTION_LOST);
            assertThat(result.answered() + result.errorCount()).isEqualTo(4_000);
            try (WireConnection connection = server.connect()) {
                // Counted since it came back.
                assertThat(connection.call("INFO", "commandstats").text()).contains("cmdstat_get:");
            }
        }
    }

    @Test
    void largeCommandsToAServerThatDoesNotReadWaitAndAreAllAnswered() throws InterruptedException {
        byte[] value = new byte[100_000];
        CommandMix mix = CommandMix.always(
                "write", Command.ofBytes("SET".getBytes(StandardCharsets.US_ASCII), new byte[] {'k'}, value));
        try (RedisServer server = RedisServer.start(ServerSettings.onTcp())) {
            Thread stall = after(Duration.ofMillis(100), () -> {
                server.pause();
                after(Duration.ofMillis(200), server::resume);
            });
            LoadResult result = LoadGenerator.openLoop()
                    .run(server.address(), server.credentials(), Workloads.fixedRate(400, 2, mix, 7), SHORT);
            stall.join();
            assertThat(result.answered()).isEqualTo(200);
            assertThat(result.bytesOut()).isGreaterThan(200L * value.length);
        }
    }

    private static Thread after(Duration delay, Runnable action) {
        return Thread.ofVirtual().start(() -> {
            LockSupport.parkNanos(delay.toNanos());
            action.run();
        });
    }

    @Test
    void closedLoopCountsWhatTheServerCounts() {
        CommandMix mix = CommandMix.always("count", Command.of("INCR", "counter"));
        try (RedisServer server = RedisServer.start(ServerSettings.onUnixSocket());
                WireConnection connection = server.connect()) {
            LoadResult result = LoadGenerator.closedLoop(16)
                    .run(server.address(), server.credentials(), Workloads.unpaced(10, mix, 7), SHORT);
            // What was in flight at the end was executed, but its reply is not counted.
            assertThat(connection.call("GET", "counter").integer())
                    .isBetween(result.answered(), result.answered() + 10 * 16);
            assertThat(result.elapsed()).isGreaterThanOrEqualTo(Duration.ofMillis(500));
            assertThat(result.validity().isValid()).isTrue();
        }
    }

    @Test
    void mergedResultsAddUp() {
        LoadResult one = result(Map.of("OOM", 2L));
        LoadResult both = one.mergedWith(result(Map.of("OOM", 1L, "LOADING", 4L)));
        assertThat(both.errors()).containsEntry("OOM", 3L).containsEntry("LOADING", 4L);
        assertThat(both.elapsed()).isEqualTo(Duration.ofSeconds(2));
        assertThat(both.throughput()).isEqualTo(one.throughput());
        assertThat(both.percentileNanos("read", 50)).isEqualTo(one.percentileNanos("read", 50));
    }

    private static LoadResult result(Map<String, Long> errors) {
        var histogram = LoadResult.newHistogram();
        histogram.recordValue(1_000);
        return new LoadResult(
                Duration.ofSeconds(1),
                1,
                1,
                errors,
                0,
                0,
                Duration.ZERO,
                0,
                10,
                5,
                Map.of("read", histogram),
                LoadResult.newHistogram());
    }

    @Test
    void nothingListeningIsToldAtOnce() {
        Workload workload = Workloads.fixedRate(10, 1, CommandMix.always("read", Command.of("PING")), 7);
        assertThatThrownBy(() -> LoadGenerator.openLoop()
                        .run(Address.unixSocket(Path.of("/tmp/no-such-socket")), Optional.empty(), workload, SHORT))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("cannot connect to unix:/tmp/no-such-socket");
    }
}
