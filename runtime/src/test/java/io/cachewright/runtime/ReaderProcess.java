package io.cachewright.runtime;

import io.cachewright.domain.policy.CacheClass;
import io.cachewright.domain.policy.Freshness;
import io.cachewright.domain.policy.WhenUnproved;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// A process that reads one key as fast as it can and prints some of the reads: now and then one, and those that follow
/// a pause; each with its version, when it began and returned, its age, and where it came from. The monotonic clock
/// of Linux is the same for all processes.
final class ReaderProcess implements AutoCloseable {

    static final Duration BOUND = Duration.ofMillis(250);
    static final String KEY = "quote:A";

    private static final String MARK = "read ";
    private static final long READS_MAX = 10_000_000_000L;
    private static final int READS_BETWEEN = 50_000;
    /// Of those that follow a pause.
    static final int READS_PRINTED = 20;
    private static final long PAUSE_NANOS = 100_000_000;
    private static final int LINES_MAX = 1_000;
    private static final long PRINTED_WITHIN_SECONDS = 60;

    /// After a pause the timer goes on later than the reader, by so much: which one is first is else up to the system.
    private static final long TIMER_LATE_MILLIS = 300;

    /// By what the client under test tells the time.
    enum Clock {
        /// As it is shipped.
        PRECISE,
        /// The last tick of a timer, which stands still when the process does.
        TIMER,
        /// The wall clock.
        WALL
    }

    private final Process process;
    private final BlockingQueue<String> printed = new ArrayBlockingQueue<>(LINES_MAX);

    private ReaderProcess(Process process) {
        this.process = process;
        Thread.ofVirtual().name("reader-output").start(this::gather);
    }

    /// Until the process is ended. Beyond the bound it has to wait.
    private void gather() {
        try (BufferedReader output = process.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                // The rest is its log.
                if (line.startsWith(MARK)) {
                    printed.put(line);
                }
            }
        } catch (IOException _) {
            // It was ended.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// @param printed of the reads that follow a pause
    static ReaderProcess start(String uri, Clock clock, int printed) throws IOException {
        return new ReaderProcess(command(uri, clock, printed).start());
    }

    static ReaderProcess start(String uri, Clock clock, WallClock wallClock) throws IOException {
        ProcessBuilder command = command(uri, clock, READS_PRINTED);
        command.environment().putAll(wallClock.environment());
        return new ReaderProcess(command.start());
    }

    private static ProcessBuilder command(String uri, Clock clock, int printed) {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        ReaderProcess.class.getName(),
                        uri,
                        clock.name(),
                        Integer.toString(printed)))
                .redirectError(ProcessBuilder.Redirect.DISCARD);
    }

    /// The next read that it printed.
    History.Read next() throws InterruptedException {
        String line = printed.poll(PRINTED_WITHIN_SECONDS, TimeUnit.SECONDS);
        if (line == null) {
            throw new AssertionError("the reader ended, or prints nothing");
        }
        String[] words = line.substring(MARK.length()).split(" ", -1);
        return new History.Read(
                KEY,
                Integer.parseInt(words[0]),
                Long.parseLong(words[1]),
                Long.parseLong(words[2]),
                Long.parseLong(words[3]),
                BOUND.toNanos(),
                Source.valueOf(words[4]));
    }

    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    // In the process

    public static void main(String[] arguments) {
        LinkClock clock = switch (Clock.valueOf(arguments[1])) {
            case PRECISE -> new LinkClock(HitClock.PRECISE);
            case TIMER -> new TimerClock();
            case WALL -> new WallTime();
        };
        try (CachewrightClient client = CachewrightClient.builder(arguments[0])
                .clock(clock)
                .cacheClass(CacheClass.builder("quotes", "quote:")
                        .freshness(Freshness.bounded(BOUND))
                        .whenUnproved(WhenUnproved.DEGRADE)
                        .build())
                .build()) {
            readAll(client.nearCache("quotes", new ClientUnderTest.VersionCodec()), Integer.parseInt(arguments[2]));
        }
    }

    private static void readAll(NearCache<Integer> quotes, int printed) {
        long before = System.nanoTime();
        int toPrint = 0;
        for (long i = 0; i < READS_MAX; i++) {
            long invoked = System.nanoTime();
            Answer<Integer> answer = quotes.read(KEY);
            long returned = System.nanoTime();
            if (returned - before > PAUSE_NANOS) {
                toPrint = printed;
            }
            if (toPrint > 0 || i % READS_BETWEEN == 0) {
                toPrint--;
                System.out.println(MARK + answer.value() + " " + invoked + " " + returned + " " + answer.ageNanos()
                        + " " + answer.source());
            }
            before = returned;
        }
    }

    private static final class WallTime extends LinkClock {
        WallTime() {
            super(HitClock.PRECISE);
        }

        @Override
        long nanoTime() {
            return TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
        }
    }

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
                    if (System.nanoTime() - nanos > PAUSE_NANOS) {
                        Thread.sleep(TIMER_LATE_MILLIS);
                    }
                    nanos = System.nanoTime();
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
