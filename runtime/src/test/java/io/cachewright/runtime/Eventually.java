package io.cachewright.runtime;

import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;

/// Waits for what comes about by itself.
public final class Eventually {

    /// More than a busy machine needs, so that it decides no test.
    private static final Duration WITHIN = Duration.ofSeconds(60);
    private static final Duration REPEATED_FOR = Duration.ofSeconds(30);

    private Eventually() {}

    @FunctionalInterface
    public interface Condition {
        boolean holds() throws InterruptedException;
    }

    @FunctionalInterface
    public interface Step {
        void run() throws Exception;
    }

    /// Returns as soon as `condition` holds, without a second look at what may have passed by then.
    public static void eventually(Condition condition) throws InterruptedException {
        long begun = System.nanoTime();
        while (!condition.holds()) {
            if (isOver(begun, WITHIN)) {
                fail("did not come about within " + WITHIN);
            }
            Thread.sleep(1);
        }
    }

    /// Runs `step`, and again until `seen`: for what a race brings about sooner or later. Whoever calls asserts that it
    /// was seen.
    public static void repeat(Step step, Condition seen) throws Exception {
        long begun = System.nanoTime();
        do {
            step.run();
        } while (!seen.holds() && !isOver(begun, REPEATED_FOR));
    }

    private static boolean isOver(long begunNanos, Duration time) {
        return System.nanoTime() - begunNanos > time.toNanos();
    }
}
