package io.cachewright.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// The test JVM is started with native access.
@EnabledOnOs(OS.LINUX)
class CoarseClockTest {

    private static final int READINGS = 200_000;

    private static CoarseClock clock;

    @BeforeAll
    static void find() {
        clock = CoarseClock.system().toOptional().orElseThrow();
    }

    @Test
    void isNeverEarlierThanThePresentAndNotMuchLater() {
        MemorySegment buffer = CoarseClock.newBuffer();
        for (int i = 0; i < READINGS; i++) {
            long before = System.nanoTime();
            long coarse = clock.nanosNoEarlierThanNow(buffer.address());
            assertThat(coarse - before).isNotNegative();
            assertThat(coarse - System.nanoTime()).isLessThanOrEqualTo(clock.lateNanosMax());
        }
    }

    @Test
    void runsOnWhileTheThreadStandsStill() throws InterruptedException {
        MemorySegment buffer = CoarseClock.newBuffer();
        long before = clock.nanosNoEarlierThanNow(buffer.address());
        Thread.sleep(100);
        assertThat(clock.nanosNoEarlierThanNow(buffer.address()) - before)
                .isGreaterThan(100_000_000 - clock.lateNanosMax());
    }

    @Test
    void staysTrustedWhileItKeepsTime() {
        for (int i = 0; i < 1_000; i++) {
            clock.check();
        }
        assertThat(CoarseClock.system().isKnown()).isTrue();
    }
}
