package io.cachewright.runtime.coherence;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.runtime.coherence.LogPositions.Position;
import org.junit.jupiter.api.Test;

class LogPositionsTest {

    private final LogPositions<String> positions = new LogPositions<>(1);

    /// The end of the log is read right before the heartbeat `id`, and both are answered.
    private void beat(long id) {
        positions.touched("log");
        for (String log : positions.takeDue(1)) {
            positions.found(log, new Position("id " + id, "mark " + id, id), id + 1);
        }
        positions.heartbeatAnswered(id);
    }

    @Test
    void anEntryCountsOnceAHeartbeatThatWasSentAfterItIsAnswered() {
        beat(1);
        assertThat(positions.at("log")).isEmpty();
        positions.heartbeatAnswered(2);
        assertThat(positions.at("log")).hasValue(new Position("id 1", "mark 1", 1));
    }

    @Test
    void aLogThatGrowsBetweenAnyTwoHeartbeatsIsFollowedAllTheSame() {
        for (long id = 1; id <= 100; id++) {
            beat(id);
            assertThat(positions.at("log").map(Position::arrivals).orElse(0L)).isLessThan(id);
        }
        assertThat(positions.at("log").orElseThrow().arrivals()).isGreaterThan(95);
    }

    @Test
    void whatWaitedForAHeartbeatIsForgottenWithTheLink() {
        beat(1);
        beat(2);
        positions.lost();
        positions.heartbeatAnswered(10);
        assertThat(positions.at("log")).hasValue(new Position("id 1", "mark 1", 1));
    }
}
