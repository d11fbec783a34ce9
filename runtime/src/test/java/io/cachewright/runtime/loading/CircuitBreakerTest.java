package io.cachewright.runtime.loading;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.runtime.loading.CircuitBreaker.State;
import java.util.ArrayDeque;
import java.util.Deque;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {

    private static final long PAUSE = 1_000;

    private final CircuitBreaker breaker = new CircuitBreaker(0.5, PAUSE);

    private void fail(int times, long now) {
        for (int i = 0; i < times; i++) {
            assertThat(breaker.mayCall(now)).isTrue();
            breaker.failed(now);
        }
    }

    @Test
    void opensWhenHalfOfTheCallsFailAndFewAreNotEnough() {
        fail(CircuitBreaker.CALLS_MIN - 1, 0);
        assertThat(breaker.state()).isEqualTo(State.CLOSED);
        fail(1, 0);
        assertThat(breaker.state()).isEqualTo(State.OPEN);
        assertThat(breaker.mayCall(PAUSE - 1)).isFalse();
    }

    @Test
    void letsOneProbeThroughAfterThePauseAndClosesWhenItSucceeds() {
        fail(CircuitBreaker.CALLS_MIN, 0);
        assertThat(breaker.mayCall(PAUSE)).isTrue();
        assertThat(breaker.mayCall(PAUSE)).isFalse();
        breaker.succeeded();
        assertThat(breaker.state()).isEqualTo(State.CLOSED);
        fail(1, PAUSE);
        assertThat(breaker.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void eachProbeThatFailsDoublesThePauseUpToABound() {
        fail(CircuitBreaker.CALLS_MIN, 0);
        long now = 0;
        long pause = PAUSE;
        for (int i = 0; i < 10; i++) {
            now += pause;
            assertThat(breaker.mayCall(now - 1)).isFalse();
            assertThat(breaker.mayCall(now)).isTrue();
            breaker.failed(now);
            pause = Math.min(pause * 2, PAUSE * CircuitBreaker.PAUSES_MAX);
        }
    }

    @Test
    void aProbeThatNeverReportsDoesNotKeepItShut() {
        fail(CircuitBreaker.CALLS_MIN, 0);
        assertThat(breaker.mayCall(PAUSE)).isTrue();
        assertThat(breaker.mayCall(2 * PAUSE)).isTrue();
    }

    @Test
    void lateNewsOfTheFailureThatOpenedItDoNotLengthenThePause() {
        fail(CircuitBreaker.CALLS_MIN, 0);
        for (int i = 0; i < 50; i++) {
            breaker.failed(0);
        }
        assertThat(breaker.mayCall(PAUSE)).isTrue();
    }

    @Test
    void neverOpensWhenToldNotTo() {
        CircuitBreaker never = new CircuitBreaker(0, PAUSE);
        for (int i = 0; i < 100; i++) {
            never.failed(i);
        }
        assertThat(never.mayCall(100)).isTrue();
    }

    /// Against a plain window.
    @Property(tries = 500)
    void countsTheLastTwentyCalls(@ForAll @Size(max = 200) boolean[] outcomes) {
        CircuitBreaker counted = new CircuitBreaker(0.5, PAUSE);
        Deque<Boolean> window = new ArrayDeque<>();
        for (boolean hasFailed : outcomes) {
            window.addLast(hasFailed);
            if (window.size() > CircuitBreaker.WINDOW) {
                window.removeFirst();
            }
            if (hasFailed) {
                counted.failed(0);
            } else {
                counted.succeeded();
            }
            long failures = window.stream().filter(each -> each).count();
            boolean opens = hasFailed && window.size() >= CircuitBreaker.CALLS_MIN && 2 * failures >= window.size();
            assertThat(counted.state()).isEqualTo(opens ? State.OPEN : State.CLOSED);
            if (opens) {
                return;
            }
        }
    }
}
