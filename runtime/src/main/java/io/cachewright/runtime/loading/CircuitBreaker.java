package io.cachewright.runtime.loading;

/// Stops asking a source that fails, and tries it again with one call at a time.
///
/* Counts the outcomes of the last WINDOW calls. When at least CALLS_MIN are known and the failed share reaches the limit
 * it opens: no call for a pause, which doubles each time a probe fails, up to PAUSES_MAX pauses. Then one probe goes out
 * (half open); its success closes the breaker and forgets the window. A probe that never reports back is taken
 * for failed after another pause.
 *
 * Asked before a load and told after it, never on a hit.
 */
public final class CircuitBreaker {

    /// What it does just now.
    public enum State {
        CLOSED,
        OPEN,
        HALF_OPEN
    }

    static final int WINDOW = 20;
    static final int CALLS_MIN = 5;
    static final int PAUSES_MAX = 16;

    private final double failureShareMax;
    private final long pauseNanos;

    private final boolean[] failedAt = new boolean[WINDOW];
    private int calls;
    private int failures;
    private State state = State.CLOSED;
    private long untilNanos;
    private int pauses = 1;

    /// @param failureShareMax the share of failed calls at which it opens; 0 for never
    public CircuitBreaker(double failureShareMax, long pauseNanos) {
        this.failureShareMax = failureShareMax;
        this.pauseNanos = pauseNanos;
    }

    /// Whether a call may be made; each one that may must be reported.
    public synchronized boolean mayCall(long nowNanos) {
        if (state == State.CLOSED) {
            return true;
        }
        if (nowNanos - untilNanos < 0) {
            return false;
        }
        state = State.HALF_OPEN;
        untilNanos = nowNanos + pauses * pauseNanos;
        return true;
    }

    /// A call has returned in time.
    public synchronized void succeeded() {
        switch (state) {
            case CLOSED -> record(false);
            case HALF_OPEN -> close();
            case OPEN -> {
                // Sent before it opened: old news.
            }
        }
    }

    /// A call has failed or taken too long.
    public synchronized void failed(long nowNanos) {
        switch (state) {
            case CLOSED -> {
                record(true);
                if (failureShareMax > 0
                        && calls >= CALLS_MIN
                        && failures >= failureShareMax * Math.min(calls, WINDOW)) {
                    open(nowNanos);
                }
            }
            case HALF_OPEN -> {
                pauses = Math.min(PAUSES_MAX, pauses * 2);
                open(nowNanos);
            }
            case OPEN -> {
                // Sent before it opened: old news.
            }
        }
    }

    private void open(long nowNanos) {
        state = State.OPEN;
        untilNanos = nowNanos + pauses * pauseNanos;
    }

    public synchronized State state() {
        return state;
    }

    private void close() {
        state = State.CLOSED;
        pauses = 1;
        calls = 0;
        failures = 0;
    }

    private void record(boolean hasFailed) {
        int at = calls % WINDOW;
        if (calls >= WINDOW && failedAt[at]) {
            failures--;
        }
        failedAt[at] = hasFailed;
        if (hasFailed) {
            failures++;
        }
        // Kept below overflow without losing the place in the window.
        calls = calls == 2 * WINDOW - 1 ? WINDOW : calls + 1;
    }
}
