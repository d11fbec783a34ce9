package io.cachewright.runtime.metrics;

import io.cachewright.runtime.Invalidation;
import io.cachewright.runtime.InvalidationListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/// The invalidations of one client, in one registry. Equal to every other one of the same, so that a second binding
/// does not count twice.
final class InvalidationMeters implements InvalidationListener {

    private final MeterRegistry registry;
    private final Timer lag;
    private final Timer acknowledged;
    private final Timer failed;
    private final Counter keys;
    private final Counter tags;
    private final Counter classes;

    InvalidationMeters(MeterRegistry registry) {
        this.registry = registry;
        this.lag = Timer.builder("cachewright.invalidation.lag")
                .description("from a write by this client to the drop in its own near-cache, by way of the server")
                .publishPercentileHistogram()
                .register(registry);
        this.acknowledged = timer("acknowledged");
        this.failed = timer("failed");
        this.keys = counter("key");
        this.tags = counter("tag");
        this.classes = counter("class");
    }

    private Timer timer(String outcome) {
        return Timer.builder("cachewright.invalidation.acknowledgement")
                .tag("outcome", outcome)
                .description("from the call until the servers acknowledged all of it, or one did not")
                .register(registry);
    }

    private Counter counter(String what) {
        return Counter.builder("cachewright.invalidated")
                .tag("what", what)
                .description("what was invalidated and acknowledged")
                .register(registry);
    }

    @Override
    public void acknowledged(Invalidation done, long nanos) {
        acknowledged.record(nanos, TimeUnit.NANOSECONDS);
        keys.increment(done.keys());
        tags.increment(done.tags());
        classes.increment(done.classes());
    }

    @Override
    public void failed(long nanos) {
        failed.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void arrived(long nanos) {
        lag.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof InvalidationMeters meters && meters.registry.equals(registry);
    }

    @Override
    public int hashCode() {
        return registry.hashCode();
    }
}
