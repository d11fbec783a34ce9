package io.cachewright.optimizer.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PacerTest {

    private static final long PING = 100_000;

    /// 40 commands in 3 round trips.
    private static Pacer.Batch batch(long elapsedNanos) {
        return new Pacer.Batch(elapsedNanos, 3, 40);
    }

    @Test
    void takesItsShareOfABusyServer() {
        Pacer pacer = Pacer.forServer(0.6, 0.01, PING);
        assertThat(pacer.pauseAfter(batch(3 * PING + 200_000))).isEqualTo(Duration.ofNanos(19_800_000));
    }

    @Test
    void aBatchThatWasDelayedByChanceDoesNotStopTheLook() {
        Pacer pacer = Pacer.forServer(0.6, 0.01, PING);
        for (int i = 0; i < 5; i++) {
            pacer.pauseAfter(batch(3 * PING + 200_000));
        }
        assertThat(pacer.pauseAfter(batch(Duration.ofSeconds(2).toNanos()))).isEqualTo(Duration.ofNanos(19_800_000));
    }

    @Test
    void waitsLongerWhenBatchAfterBatchIsDear() {
        Pacer pacer = Pacer.forServer(0.6, 0.01, PING);
        Duration pause = Duration.ZERO;
        for (int i = 0; i < 15; i++) {
            pause = pacer.pauseAfter(batch(3 * PING + 4_000_000));
        }
        assertThat(pause).isEqualTo(Duration.ofMillis(396));
        assertThat(pacer.pauseAfter(batch(Duration.ofHours(1).toNanos()))).isLessThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void theQueueOfAServerIsNotOurWork() {
        Pacer pacer = Pacer.forServer(0.6, 0.01, PING);
        for (int i = 0; i < 15; i++) {
            pacer.observePing(5_000_000);
        }
        assertThat(pacer.pauseAfter(batch(15_200_000))).isEqualTo(Duration.ofNanos(19_800_000));
    }

    @Test
    void countsAtLeastWhatCommandsCostAnywhere() {
        Pacer pacer = Pacer.forServer(0.6, 0.01, PING);
        assertThat(pacer.pauseAfter(batch(PING))).isEqualTo(Duration.ofNanos(70_000 * 99));
    }

    @Test
    void hardlyWaitsOnAnIdleServer() {
        assertThat(Pacer.forServer(0.01, 0.01, PING).pauseAfter(batch(3 * PING + 200_000)))
                .isLessThan(Duration.ofMillis(2));
    }
}
