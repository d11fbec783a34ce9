package io.cachewright.runtime.metrics;

import io.cachewright.runtime.LoadingCache;
import io.cachewright.runtime.loading.CircuitBreaker;
import io.cachewright.runtime.loading.LoadCounts;
import io.cachewright.runtime.loading.LoadListener;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/// The loads of one class, in one registry. Equal to every other one of the same, so that a second binding does not
/// count twice.
final class LoadMeters implements LoadListener {

    private final String cache;
    private final MeterRegistry registry;
    private final Timer succeeded;
    private final Timer failed;
    private final Timer waits;

    private LoadMeters(String cache, Tags tags, MeterRegistry registry) {
        this.cache = cache;
        this.registry = registry;
        this.succeeded = timer(tags, "success", registry);
        this.failed = timer(tags, "failure", registry);
        this.waits = Timer.builder("cachewright.load.lease.wait")
                .tags(tags)
                .description("loads that waited for another process of the fleet")
                .register(registry);
    }

    private static Timer timer(Tags tags, String result, MeterRegistry registry) {
        return Timer.builder("cachewright.load.duration")
                .tags(tags.and("result", result))
                .description("what the source takes for a load, or for a batch of them")
                .publishPercentileHistogram()
                .register(registry);
    }

    static void bind(LoadingCache<?> cache, Tags tags, MeterRegistry registry) {
        cache.addLoadListener(new LoadMeters(cache.policy().name(), tags, registry));
        count(
                "cache.load",
                "values that the source was asked for",
                cache,
                tags.and("result", "success"),
                registry,
                counts -> counts.loads() - counts.failures());
        count(
                "cache.load",
                "values that the source was asked for",
                cache,
                tags.and("result", "failure"),
                registry,
                LoadCounts::failures);
        outcome("joined", cache, tags, registry, LoadCounts::joined);
        outcome("elsewhere", cache, tags, registry, LoadCounts::elsewhere);
        outcome("late", cache, tags, registry, LoadCounts::late);
        outcome("shed", cache, tags, registry, LoadCounts::shed);
        outcome("cut", cache, tags, registry, LoadCounts::cut);
        outcome("unfilled", cache, tags, registry, LoadCounts::unfilled);
        Gauge.builder("cachewright.loads.active", cache, LoadingCache::loadsUnderWay)
                .tags(tags)
                .description("loads under way")
                .register(registry);
        for (CircuitBreaker.State state : CircuitBreaker.State.values()) {
            Gauge.builder("cachewright.load.breaker", cache, each -> each.breaker() == state ? 1 : 0)
                    .tags(tags.and("state", state.name().toLowerCase(Locale.ROOT)))
                    .description("1 for the state that the circuit breaker is in")
                    .register(registry);
        }
    }

    private static void outcome(
            String outcome,
            LoadingCache<?> cache,
            Tags tags,
            MeterRegistry registry,
            ToDoubleFunction<LoadCounts> count) {
        count(
                "cachewright.loads",
                "what else became of wanted loads",
                cache,
                tags.and("outcome", outcome),
                registry,
                count);
    }

    private static void count(
            String name,
            String description,
            LoadingCache<?> cache,
            Tags tags,
            MeterRegistry registry,
            ToDoubleFunction<LoadCounts> count) {
        FunctionCounter.builder(name, cache, each -> count.applyAsDouble(each.loadCounts()))
                .tags(tags)
                .description(description)
                .register(registry);
    }

    @Override
    public void asked(int keys, long nanos, boolean hasFailed) {
        (hasFailed ? failed : succeeded).record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void waited(long nanos) {
        waits.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void breakerChanged(CircuitBreaker.State now) {
        // The gauge looks by itself.
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LoadMeters meters && meters.registry.equals(registry) && meters.cache.equals(cache);
    }

    @Override
    public int hashCode() {
        return Objects.hash(registry, cache);
    }
}
