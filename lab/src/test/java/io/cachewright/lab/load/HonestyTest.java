package io.cachewright.lab.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.Command;
import io.cachewright.lab.wire.Reply;
import io.cachewright.lab.wire.WireConnection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/// The server stops for a second inside a run of ten: the percentiles must tell.
class HonestyTest {

    private static final double RATE = 2_000;
    private static final double RUN_SECONDS = 10;

    @Test
    void aStallShowsInThePercentilesAsItIsByArithmetic() {
        Workload workload = Workloads.fixedRate(RATE, 10, CommandMix.always("read", Command.of("GET", "k")), 7);
        LoadSettings settings = LoadSettings.lasting(Duration.ofMillis((long) (1_000 * RUN_SECONDS)))
                .withWarmUp(Duration.ofSeconds(1));
        try (RedisServer server = RedisServer.start(ServerSettings.onTcp());
                StallWatch watch = StallWatch.over(server)) {
            Thread.ofPlatform().start(() -> {
                sleep(Duration.ofSeconds(4));
                server.pause();
                sleep(Duration.ofSeconds(1));
                server.resume();
            });
            LoadResult result =
                    LoadGenerator.openLoop().run(server.address(), server.credentials(), workload, settings);
            double stallNanos = watch.longestNanos();
            assertThat(stallNanos).isBetween(0.99e9, 5e9);
            assertThat(result.answered()).isEqualTo((long) (RATE * RUN_SECONDS));
            for (double percentile : new double[] {95, 99, 99.9}) {
                double expected = analyticNanos(percentile, stallNanos);
                // On a machine that is busy with other things the run says by how much it was late itself.
                double margin = 0.03 * expected + result.sendLag().getMaxValue();
                assertThat(result.percentileNanos(percentile))
                        .as("p%s of %s, stall %.1f ms", percentile, result, stallNanos / 1e6)
                        .isCloseTo(expected, Offset.offset(margin));
            }
        }
    }

    /// A command due `t` into a stall of length `s` waits `s - t`. At a fixed rate the waits are spread evenly over
    /// 0 to `s`, and `s / run` of all commands fall into it; the others wait next to nothing. So the share that
    /// waits longer than `w` is `(s - w) / run`, and the percentile `p` is the `w` at which that share is `1 - p`.
    private static double analyticNanos(double percentile, double stallNanos) {
        return stallNanos - (1 - percentile / 100) * RUN_SECONDS * 1e9;
    }

    private static void sleep(Duration duration) {
        LockSupport.parkNanos(duration.toNanos());
    }

    /// Asks the server for its own time over and over: the longest gap between two answers is how long it really
    /// stood still, whoever was late in stopping it or in noticing.
    private static final class StallWatch implements AutoCloseable {

        private final WireConnection connection;
        private final Thread thread = Thread.ofPlatform().unstarted(this::watch);
        private volatile boolean isStopped;
        private volatile long longestMicros;

        private StallWatch(WireConnection connection) {
            this.connection = connection;
        }

        static StallWatch over(RedisServer server) {
            StallWatch watch = new StallWatch(server.connect());
            watch.thread.start();
            return watch;
        }

        private void watch() {
            long last = micros();
            while (!isStopped) {
                sleep(Duration.ofNanos(200_000));
                long next = micros();
                longestMicros = Math.max(longestMicros, next - last);
                last = next;
            }
        }

        private long micros() {
            List<Reply> time = connection.call("TIME").elements();
            return 1_000_000 * time.get(0).integer() + time.get(1).integer();
        }

        double longestNanos() {
            return 1_000.0 * longestMicros;
        }

        @Override
        public void close() {
            isStopped = true;
            try {
                thread.join();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
            connection.close();
        }
    }
}
