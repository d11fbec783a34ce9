package io.cachewright.runtime;

import static io.cachewright.runtime.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.domain.policy.CacheClass;
import io.cachewright.domain.policy.Freshness;
import io.cachewright.domain.policy.Writers;
import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.WireConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// F18: a wall clock is stepped, that of the server or that of the reader, by a minute or an hour, back and forth.
class ClockFaultTest {

    /// So long that no link and no read is given up only because this machine is slow.
    private static final Duration AMPLE = Duration.ofSeconds(20);

    private WallClock clock;

    @BeforeEach
    void build(@TempDir Path directory) throws IOException, InterruptedException {
        clock = WallClock.in(directory);
    }

    // The server's

    private static long seconds(WireConnection server) {
        return server.call("TIME").elements().getFirst().integer();
    }

    @Test
    void aStepOfTheServersClockLeavesNothingStale() throws Exception {
        try (FaultRun<World.Single> run =
                FaultRun.on(new World.Single(clock.server(), ServerSettings.onTcp()), ServerLink::new)) {
            run.start();
            for (Duration shift : List.of(
                    Duration.ofMinutes(-1), Duration.ZERO, Duration.ofHours(1), Duration.ofHours(-1), Duration.ZERO)) {
                run.pass(200);
                clock.shift(shift);
            }
            run.pass(200);
            eventually(() -> run.history.countOf(Source.NEAR) > 0);
            assertThat(run.violations()).isEmpty();
            run.assertNothingStaleForGood();
        }
    }

    @Test
    void versionsGoUpAlthoughTheServersClockIsSetBack() throws Exception {
        try (RedisServer server = RedisServer.start(clock.server(), ServerSettings.onTcp());
                WireConnection other = server.connect();
                CachewrightClient client = CachewrightClient.builder("redis://" + server.address())
                        .readTimeout(AMPLE)
                        .cacheClass(CacheClass.builder("limits", "limit:")
                                .freshness(Freshness.strict())
                                .writers(Writers.LIBRARY)
                                .build())
                        .build()) {
            NearCache<String> limits = client.nearCache("limits", Codec.utf8());
            long first = limits.putIfAbsent("limit:7", "1", Duration.ZERO).orElseThrow();
            long before = seconds(other);
            clock.shift(Duration.ofHours(-1));
            // What a version taken from the clock would have done.
            assertThat(seconds(other)).isLessThan(before);
            long second = limits.putIfVersion("limit:7", first, "2", Duration.ofMinutes(1))
                    .orElseThrow();
            assertThat(second).isGreaterThan(first);
            limits.delete("limit:7");
            assertThat(limits.putIfAbsent("limit:7", "3", Duration.ZERO).orElseThrow())
                    .isGreaterThan(second);
            assertThat(limits.get("limit:7")).isEqualTo("3");
        }
    }

    /// The rest of a time to live is asked for, and counted down by the monotonic clock.
    @Test
    void whatIsNearExpiresInItsTimeAlthoughTheServersClockIsSetBack() throws Exception {
        try (RedisServer server = RedisServer.start(clock.server(), ServerSettings.onTcp());
                WireConnection other = server.connect();
                CachewrightClient client = CachewrightClient.builder("redis://" + server.address())
                        .cacheClass(CacheClass.builder("quotes", "quote:")
                                .freshness(Freshness.bestEffort())
                                .build())
                        .readTimeout(AMPLE)
                        .detectWithin(FaultRun.PATIENT_DETECTION)
                        .build()) {
            NearCache<String> quotes = client.nearCache("quotes", Codec.utf8());
            // Again where this machine was so busy that it expired before the clock was set back.
            Eventually.repeat(
                    () -> {
                        clock.shift(Duration.ZERO);
                        other.call("SET", "quote:A", "1", "PX", "1500").orThrow();
                        eventually(() -> quotes.read("quote:A").source() == Source.NEAR);
                        clock.shift(Duration.ofHours(-1));
                    },
                    () -> other.call("PTTL", "quote:A").integer() > 3_000_000);
            // The server keeps it for an hour more, so nobody says that it is gone.
            eventually(() -> quotes.read("quote:A").source() == Source.REMOTE);
            assertThat(other.call("PTTL", "quote:A").integer()).isGreaterThan(3_000_000);
        }
    }

    // The reader's

    /// The reader's clock goes back by a minute, and its link falls silent while others write.
    private History stepBackAReader(ReaderProcess.Clock kind) throws IOException, InterruptedException {
        History history = new History();
        try (World.Single world = new World.Single(ServerSettings.onTcp());
                WireConnection other = world.server.connect()) {
            PauseFaultTest.write(other, history, 1);
            try (ReaderProcess reader = ReaderProcess.start(world.uri(), kind, clock)) {
                List<History.Read> reads = new ArrayList<>();
                for (int i = 0; i < 20; i++) {
                    reads.add(reader.next());
                }
                world.proxy.openHole();
                clock.shift(Duration.ofMinutes(-1));
                PauseFaultTest.write(other, history, 2);
                long written = System.nanoTime();
                // The link is suspected and given up meanwhile.
                eventually(() -> {
                    reads.add(reader.next());
                    return reads.getLast().invokedNanos() - written > 1_000_000_000
                            && (kind == ReaderProcess.Clock.WALL
                                    || reads.getLast().source() == Source.STALE);
                });
                world.proxy.restore();
                eventually(() -> {
                    reads.add(reader.next());
                    return kind == ReaderProcess.Clock.WALL || reads.getLast().version() == 2;
                });
                history.addAll(reads);
            }
        }
        return history;
    }

    @Test
    void aStepOfTheReadersClockChangesNothing() throws Exception {
        History history = stepBackAReader(ReaderProcess.Clock.PRECISE);
        assertThat(history.violations()).isEmpty();
        assertThat(history.countOf(Source.STALE)).isPositive();
    }

    @Test
    void withTheWallClockTheCheckerSeesTheReaderServeOldValuesAsFresh() throws Exception {
        assertThat(stepBackAReader(ReaderProcess.Clock.WALL).violations()).isNotEmpty();
    }
}
