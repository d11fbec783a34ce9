package io.cachewright.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.lab.server.RedisServer;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.lab.wire.WireConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// F19: the reading process stands still.
class PauseFaultTest {

    private static History pauseAReader(ReaderProcess.Clock clock) throws IOException, InterruptedException {
        History history = new History();
        try (RedisServer server = RedisServer.start(ServerSettings.onTcp());
                WireConnection other = server.connect()) {
            write(other, history, 1);
            try (ReaderProcess reader = ReaderProcess.start("redis://" + server.address(), clock)) {
                List<History.Read> reads = new ArrayList<>();
                for (int i = 0; i < 20; i++) {
                    reads.add(reader.next());
                }
                for (int version = 2; version <= 6; version++) {
                    reader.signal("STOP");
                    write(other, history, version);
                    Thread.sleep(600);
                    reader.signal("CONT");
                    // What it had printed before it stopped comes first.
                    while (reads.getLast().version() < version) {
                        reads.add(reader.next());
                    }
                }
                history.addAll(reads);
            }
        }
        return history;
    }

    static void write(WireConnection other, History history, int version) {
        long begun = System.nanoTime();
        other.call("SET", ReaderProcess.KEY, Integer.toString(version)).orThrow();
        history.wrote(ReaderProcess.KEY, begun, System.nanoTime());
    }

    @Test
    void aReaderThatStoodStillKnowsHowOldItsValuesHaveBecome() throws Exception {
        History history = pauseAReader(ReaderProcess.Clock.PRECISE);
        assertThat(history.violations()).isEmpty();
        assertThat(history.countOf(Source.NEAR)).isPositive();
    }

    @Test
    void withAClockThatATimerAdvancesTheCheckerSeesItServeOldValuesAsFresh() throws Exception {
        List<String> violations = List.of();
        // After a pause the timer and the reader go on at the same instant: the reader is not always the first.
        for (int i = 0; i < 10 && violations.isEmpty(); i++) {
            violations = pauseAReader(ReaderProcess.Clock.TIMER).violations();
        }
        assertThat(violations).isNotEmpty();
    }
}
