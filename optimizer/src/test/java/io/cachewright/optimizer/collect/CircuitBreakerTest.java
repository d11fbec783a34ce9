package io.cachewright.optimizer.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.collect.CircuitBreaker.Advice;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {

    private static final long FAST = 200_000;

    private static final long SLOW = 5_000_000;

    private final CircuitBreaker breaker = new CircuitBreaker(Duration.ofNanos(FAST), 0.5);

    @Test
    void goesOnThroughSingleSlowPings() {
        for (int i = 0; i < 100; i++) {
            assertThat(breaker.observe(i % 4 == 0 ? SLOW : FAST)).isEqualTo(new Advice.GoOn());
        }
    }

    @Test
    void pausesAndThenStopsWhenTheServerStaysSlow() {
        int pauses = 0;
        Advice advice = new Advice.GoOn();
        for (int i = 0; i < 100 && !(advice instanceof Advice.Stop); i++) {
            advice = breaker.observe(SLOW);
            pauses += advice instanceof Advice.Pause ? 1 : 0;
        }
        assertThat(pauses).isEqualTo(4);
        assertThat(advice)
                .isEqualTo(
                        new Advice.Stop(
                                "stopped by the circuit breaker: PING rose from 0.20 to 5.00 ms and stayed there after 4 pauses"));
    }

    @Test
    void forgetsAPauseThatHelped() {
        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < 7; i++) {
                assertThat(breaker.observe(SLOW)).isNotInstanceOf(Advice.Stop.class);
            }
            for (int i = 0; i < 7; i++) {
                assertThat(breaker.observe(FAST)).isNotInstanceOf(Advice.Stop.class);
            }
        }
    }

    @Test
    void stopsWhenTheMainThreadHasNoRoomLeft() {
        Advice advice = new Advice.GoOn();
        for (int i = 0; i < 10 && !(advice instanceof Advice.Stop); i++) {
            breaker.observeBusyShare(0.99);
            advice = breaker.observe(FAST);
        }
        assertThat(advice).isInstanceOf(Advice.Stop.class);
    }
}
