package io.cachewright.runtime;

import static io.cachewright.runtime.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

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
        try (World.Single world = new World.Single(ServerSettings.onTcp());
                WireConnection other = world.server.connect()) {
            write(other, history, 1);
            try (ReaderProcess reader = ReaderProcess.start(world.uri(), clock)) {
                List<History.Read> reads = new ArrayList<>();
                for (int i = 0; i < 20; i++) {
                    reads.add(reader.next());
                }
                for (int version = 2; version <= 6; version++) {
                    int wanted = version;
                    reader.signal("STOP");
                    // The invalidation would come as soon as the reader goes on, and perhaps before it reads.
                    world.proxy.openHole();
                    write(other, history, version);
                    Thread.sleep(600);
                    long goesOn = System.nanoTime();
                    reader.signal("CONT");
                    eventually(() -> {
                        reads.add(reader.next());
                        return reads.getLast().invokedNanos() > goesOn;
                    });
                    world.proxy.restore();
                    // What it had printed before it stopped comes first.
                    eventually(() -> {
                        reads.add(reader.next());
                        return reads.getLast().version() >= wanted;
                    });
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
        assertThat(pauseAReader(ReaderProcess.Clock.TIMER).violations()).isNotEmpty();
    }
}
