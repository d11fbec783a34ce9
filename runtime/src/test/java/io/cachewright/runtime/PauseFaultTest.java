package io.cachewright.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.domain.policy.CacheClass;
import io.cachewright.domain.policy.Freshness;
import io.cachewright.domain.policy.WhenUnproved;
import io.cachewright.domain.policy.Writers;
import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.WireConnection;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Faults of time: F18 and F19.
class PauseFaultTest {

    private static final Duration BOUND = Duration.ofMillis(250);

    // F19: the reading process stands still

    /// A process that reads one key as fast as it can and prints some of the reads: now and then one, and those that
    /// follow a pause; each with its version, when it began and returned, its age, and where it came from. The
    /// monotonic clock of Linux is the same for all processes.
    static final class Reader {

        private static final long READS_MAX = 10_000_000_000L;
        private static final int READS_BETWEEN = 50_000;
        private static final int READS_PRINTED = 20;
        private static final long PAUSE_NANOS = 100_000_000;

        private Reader() {}

        public static void main(String[] arguments) {
            LinkClock clock = arguments[1].equals("timer") ? new TimerClock() : new LinkClock(HitClock.PRECISE);
            try (CachewrightClient client = CachewrightClient.builder(arguments[0])
                    .clock(clock)
                    .cacheClass(CacheClass.builder("quotes", "quote:")
                            .freshness(Freshness.bounded(BOUND))
                            .whenUnproved(WhenUnproved.DEGRADE)
                            .build())
                    .build()) {
                NearCache<Integer> quotes = client.nearCache("quotes", new FaultRun.VersionCodec());
                long before = System.nanoTime();
                int toPrint = 0;
                for (long i = 0; i < READS_MAX; i++) {
                    long invoked = System.nanoTime();
                    Answer<Integer> answer = quotes.read("quote:A");
                    long returned = System.nanoTime();
                    if (returned - before > PAUSE_NANOS) {
                        toPrint = READS_PRINTED;
                    }
                    if (toPrint > 0 || i % READS_BETWEEN == 0) {
                        toPrint--;
                        System.out.println(answer.value() + " " + invoked + " " + returned + " " + answer.ageNanos()
                                + " " + answer.source());
                    }
                    before = returned;
                }
            }
        }
    }

    /// Tells the time of the last tick of a timer that stands still when the process does.
    private static final class TimerClock extends LinkClock {
        private volatile boolean isStarted;
        private volatile long nanos;

        TimerClock() {
            super(HitClock.PRECISE);
        }

        @Override
        long nanoTime() {
            if (!isStarted) {
                isStarted = true;
                nanos = System.nanoTime();
                Thread.ofPlatform().daemon().start(this::run);
            }
            return nanos;
        }

        private void run() {
            try {
                while (true) {
                    Thread.sleep(20);
                    nanos = System.nanoTime();
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static History pauseAReader(String clock) throws IOException, InterruptedException {
        History history = new History();
        try (RedisServer server = RedisServer.start(ServerSettings.onTcp());
                WireConnection other = server.connect()) {
            write(other, history, 1);
            Process reader = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            Reader.class.getName(),
                            "redis://" + server.address(),
                            clock)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (BufferedReader output = reader.inputReader()) {
                List<History.Read> reads = new ArrayList<>();
                for (int i = 0; i < 20; i++) {
                    reads.add(read(output.readLine()));
                }
                for (int version = 2; version <= 6; version++) {
                    signal(reader, "STOP");
                    write(other, history, version);
                    Thread.sleep(600);
                    signal(reader, "CONT");
                    // What it had printed before it stopped comes first.
                    while (reads.getLast().version() < version) {
                        reads.add(read(output.readLine()));
                    }
                }
                history.addAll(reads);
            } finally {
                reader.destroyForcibly();
                reader.waitFor();
            }
        }
        return history;
    }

    private static History.Read read(String line) {
        String[] words = line.split(" ", -1);
        return new History.Read(
                "quote:A",
                Integer.parseInt(words[0]),
                Long.parseLong(words[1]),
                Long.parseLong(words[2]),
                Long.parseLong(words[3]),
                BOUND.toNanos(),
                Source.valueOf(words[4]));
    }

    private static void write(WireConnection other, History history, int version) {
        long begun = System.nanoTime();
        other.call("SET", "quote:A", Integer.toString(version)).orThrow();
        history.wrote("quote:A", begun, System.nanoTime());
    }

    private static void signal(Process process, String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    @Test
    void aReaderThatStoodStillKnowsHowOldItsValuesHaveBecome() throws Exception {
        History history = pauseAReader("precise");
        assertThat(history.violations()).isEmpty();
        assertThat(history.countOf(Source.NEAR)).isPositive();
    }

    @Test
    void withAClockThatATimerAdvancesTheCheckerSeesItServeOldValuesAsFresh() throws Exception {
        List<String> violations = List.of();
        // After a pause the timer and the reader go on at the same instant: the reader is not always the first.
        for (int i = 0; i < 10 && violations.isEmpty(); i++) {
            violations = pauseAReader("timer").violations();
        }
        assertThat(violations).isNotEmpty();
    }

    // F18: the server's clock is set back. Times to live are read as remaining time, and nothing here reads a wall
    // clock; what is left is the version, which the log gives.

    @Test
    void versionsGoUpAlthoughTheServersClockWasSetBack() {
        try (RedisServer server = RedisServer.start(ServerSettings.onTcp());
                WireConnection other = server.connect();
                CachewrightClient client = CachewrightClient.builder("redis://" + server.address())
                        .cacheClass(CacheClass.builder("limits", "limit:")
                                .freshness(Freshness.strict())
                                .writers(Writers.LIBRARY)
                                .build())
                        .build()) {
            NearCache<String> limits = client.nearCache("limits", Codec.utf8());
            long before = limits.putIfAbsent("limit:7", "1", Duration.ZERO).orElseThrow();
            long seconds = other.call("TIME").elements().getFirst().integer();
            // What the log holds when the last write came while the clock was an hour ahead.
            String ahead = (seconds + 3_600) * 1_000 + "-5";
            other.call("XADD", LogKeys.PREFIX + "all", ahead, LogEntry.KEY_FIELD, "limit:7", LogEntry.MARK_FIELD, "m")
                    .orThrow();
            long after = limits.putIfVersion("limit:7", before, "2", Duration.ofMinutes(1))
                    .orElseThrow();
            assertThat(after).isGreaterThan(Version.toLong(ahead));
            limits.delete("limit:7");
            assertThat(limits.putIfAbsent("limit:7", "3", Duration.ZERO).orElseThrow())
                    .isGreaterThan(after);
            assertThat(limits.get("limit:7")).isEqualTo("3");
        }
    }
}
