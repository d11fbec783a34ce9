package io.cachewright.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.BooleanSupplier;

/// Waits for what comes about by itself.
public final class Eventually {

    /// Looks, a millisecond apart at least: more than a busy machine needs, so that it decides no test.
    private static final int LOOKS_MAX = 60_000;

    private Eventually() {}

    public static void eventually(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < LOOKS_MAX && !condition.getAsBoolean(); i++) {
            Thread.sleep(1);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }
}
