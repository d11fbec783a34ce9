package io.cachewright.optimizer.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PacerTest {

    private static final long PING = 100_000;
    private static final int COMMANDS = 40;

    /// So many commands of 5 µs each.
    private static final long WORK = COMMANDS * 5_000L;

    /// The pause after that work at one percent.
    private static final Duration FOR_THE_WORK = Duration.ofNanos(WORK * 99);

    private final Pacer busy = Pacer.forServer(0.6, 0.01, PING);

    @Test
    void takesItsShareOfABusyServer() {
        busy.observeRoundTrip(PING + WORK, COMMANDS);
        assertThat(busy.pause()).isEqualTo(FOR_THE_WORK);
    }

    @Test
    void waitsForAllRoundTripsSinceTheLastPause() {
        busy.observeRoundTrip(PING + WORK, COMMANDS);
        busy.observeRoundTrip(PING + WORK, COMMANDS);
        assertThat(busy.pause()).isEqualTo(FOR_THE_WORK.multipliedBy(2));
    }

    @Test
    void roundTripsThatWereDelayedByChanceDoNotStopTheLook() {
        busy.observeRoundTrip(PING + WORK, COMMANDS);
        for (int i = 0; i < 40; i++) {
            long delay = i % 2 == 0 ? Duration.ofSeconds(2).toNanos() : 0;
            busy.observeRoundTrip(PING + WORK + delay, COMMANDS);
        }
        Duration _ = busy.pause();
        busy.observeRoundTrip(PING + WORK, COMMANDS);
        assertThat(busy.pause()).isEqualTo(FOR_THE_WORK);
    }

    @Test
    void waitsLongerWhenBatchAfterBatchIsDear() {
        Duration pause = Duration.ZERO;
        for (int i = 0; i < 31; i++) {
            busy.observeRoundTrip(PING + 20 * WORK, COMMANDS);
            pause = busy.pause();
        }
        assertThat(pause).isEqualTo(FOR_THE_WORK.multipliedBy(20));
    }

    @Test
    void neverWaitsLongerThanASecond() {
        busy.observeRoundTrip(Duration.ofHours(1).toNanos(), COMMANDS);
        assertThat(busy.pause()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void theQueueOfAServerIsNotOurWork() {
        for (int i = 0; i < 31; i++) {
            busy.observePing(50 * PING);
        }
        busy.observeRoundTrip(50 * PING + WORK, COMMANDS);
        assertThat(busy.pause()).isEqualTo(FOR_THE_WORK);
    }

    @Test
    void countsAtLeastWhatCommandsCostAnywhere() {
        busy.observeRoundTrip(PING, COMMANDS);
        assertThat(busy.pause()).isEqualTo(Duration.ofNanos(95_000 * 99));
    }

    @Test
    void hardlyWaitsOnAnIdleServer() {
        Pacer idle = Pacer.forServer(0.01, 0.01, PING);
        idle.observeRoundTrip(PING + WORK, COMMANDS);
        assertThat(idle.pause()).isLessThan(Duration.ofMillis(2));
    }
}
