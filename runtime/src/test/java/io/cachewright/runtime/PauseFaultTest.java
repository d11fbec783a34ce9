package io.cachewright.runtime;

import static io.cachewright.runtime.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.WireConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// F19: the reading process stands still.
class PauseFaultTest {

    private static final int READS_LOOKED_AT = 1_000;

    /// @param stops how often the reader stands still, for `millis` each
    /// @param printed of the first reads after each stop
    private record Pauses(int stops, long millis, int printed) {}

    private static final Pauses SHORT = new Pauses(5, 600, ReaderProcess.READS_PRINTED);
    private static final Pauses LONG = new Pauses(3, 10_000, READS_LOOKED_AT);

    private static History pauseAReader(ReaderProcess.Clock clock, Pauses pauses)
            throws IOException, InterruptedException {
        History history = new History();
        try (World.Single world = new World.Single(ServerSettings.onTcp());
                WireConnection other = world.server.connect()) {
            write(other, history, 1);
            try (ReaderProcess reader = ReaderProcess.start(world.uri(), clock, pauses.printed)) {
                List<History.Read> reads = new ArrayList<>();
                for (int i = 0; i < 20; i++) {
                    reads.add(reader.next());
                }
                for (int version = 2; version <= 1 + pauses.stops; version++) {
                    int wanted = version;
                    reader.signal("STOP");
                    // The invalidation would come as soon as the reader goes on, and perhaps before it reads.
                    world.proxy.openHole();
                    write(other, history, version);
                    Thread.sleep(pauses.millis);
                    long goesOn = System.nanoTime();
                    reader.signal("CONT");
                    // What it had printed before it stopped comes first.
                    eventually(() -> {
                        reads.add(reader.next());
                        return reads.getLast().invokedNanos() > goesOn;
                    });
                    world.proxy.restore();
                    List<History.Read> after = new ArrayList<>(List.of(reads.getLast()));
                    eventually(() -> {
                        after.add(reader.next());
                        return after.getLast().version() >= wanted && after.size() >= pauses.printed;
                    });
                    reads.addAll(after.subList(1, after.size()));
                    if (pauses.equals(LONG)) {
                        tell(after.subList(0, pauses.printed));
                    }
                }
                history.addAll(reads);
            }
        }
        return history;
    }

    private static void tell(List<History.Read> after) {
        long longest = after.stream()
                .mapToLong(read -> read.returnedNanos() - read.invokedNanos())
                .max()
                .orElseThrow();
        System.out.printf(
                "after %d ms the first %d reads came %s; the longest took %.1f ms%n",
                LONG.millis,
                after.size(),
                after.stream()
                        .collect(Collectors.groupingBy(History.Read::source, TreeMap::new, Collectors.counting())),
                longest / 1e6);
    }

    static void write(WireConnection other, History history, int version) {
        long begun = System.nanoTime();
        other.call("SET", ReaderProcess.KEY, Integer.toString(version)).orThrow();
        history.wrote(ReaderProcess.KEY, begun, System.nanoTime());
    }

    private static void assertItKnows(History history) {
        assertThat(history.violations()).isEmpty();
        assertThat(history.countOf(Source.NEAR)).isPositive();
    }

    @Test
    void aReaderThatStoodStillKnowsHowOldItsValuesHaveBecome() throws Exception {
        assertItKnows(pauseAReader(ReaderProcess.Clock.PRECISE, SHORT));
    }

    @Tag("long")
    @Test
    void aReaderThatStoodStillForTenSecondsKnowsItInItsFirstThousandReads() throws Exception {
        assertItKnows(pauseAReader(ReaderProcess.Clock.PRECISE, LONG));
    }

    @Test
    void withAClockThatATimerAdvancesTheCheckerSeesItServeOldValuesAsFresh() throws Exception {
        assertThat(pauseAReader(ReaderProcess.Clock.TIMER, SHORT).violations()).isNotEmpty();
    }

    @Tag("long")
    @Test
    void withAClockThatATimerAdvancesTheCheckerSeesSoAfterTenSeconds() throws Exception {
        assertThat(pauseAReader(ReaderProcess.Clock.TIMER, LONG).violations()).isNotEmpty();
    }
}
