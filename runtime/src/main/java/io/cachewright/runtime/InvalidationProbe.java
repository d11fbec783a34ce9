package io.cachewright.runtime;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/// Writes a key of its own now and then, so that a client that only reads knows too how long news takes to reach it.
/// In a cluster it is a key of another slot each time.
final class InvalidationProbe {

    static final String PREFIX = "cachewright:probe:";

    private static final byte[] VALUE = "1".getBytes(StandardCharsets.US_ASCII);
    private static final int TAGS = 1 << 16;
    /// The keys are gone soon after their client.
    private static final int LIVES_FOR_PERIODS = 2;

    private final Routing routing;
    private final InvalidationLatency latency;
    private final LinkClock clock;
    private final Duration every;
    private final String client = UUID.randomUUID().toString();
    private long nextNanos;

    InvalidationProbe(Routing routing, InvalidationLatency latency, LinkClock clock, Duration every) {
        this.routing = routing;
        this.latency = latency;
        this.clock = clock;
        this.every = every;
        this.nextNanos = clock.nanoTime() + every.toNanos();
    }

    /// Time passes; called by one thread.
    void tick() {
        long now = clock.nanoTime();
        if (now - nextNanos < 0) {
            return;
        }
        // Spread, so that many clients do not probe together.
        nextNanos = now + every.toNanos() / 2 + ThreadLocalRandom.current().nextLong(every.toNanos());
        String key = PREFIX + client + ":{" + ThreadLocalRandom.current().nextInt(TAGS) + "}";
        latency.sent(key);
        var _ = routing.write(key, () -> Commands.set(key, VALUE, LIVES_FOR_PERIODS * every.toMillis()))
                .whenComplete((_, failure) -> {
                    if (failure != null) {
                        latency.unchanged(key);
                    }
                });
    }
}
