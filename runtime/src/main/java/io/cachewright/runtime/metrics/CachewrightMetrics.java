package io.cachewright.runtime.metrics;

import io.cachewright.runtime.CacheStatistics;
import io.cachewright.runtime.CachewrightClient;
import io.cachewright.runtime.NearCache;
import io.cachewright.runtime.coherence.LinkState;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/// The figures of one client. `cache.*` as Micrometer names them for every cache, `cachewright.*` for what no
/// other cache can tell.
///
/// | Meter | Tags | |
/// |---|---|---|
/// | `cache.gets` | `cache`, `result` = `hit`, `miss` | reads answered from near, and those that went to the
/// server |
/// | `cache.size` | `cache` | entries near |
/// | `cachewright.reads` | `cache`, `outcome` = `near`, `stale`, `remote`, `refused`, `failed` | every read
/// once |
/// | `cachewright.decode.errors` | `cache` | values that the codec could not read |
/// | `cachewright.unproved` | `cache` | 1 while the promised freshness cannot be proved |
/// | `cachewright.links` | `state` | links to servers in that state |
/// | `cachewright.links.armed` | | connections that were armed |
/// | `cachewright.proof.age` | | seconds since the link that proves least last proved anything |
///
/// Caches that are built after the binding are found by binding again.
public final class CachewrightMetrics implements MeterBinder {

    private static final String MANAGER = "cachewright";

    private final CachewrightClient client;

    public CachewrightMetrics(CachewrightClient client) {
        this.client = client;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        client.nearCaches().forEach(cache -> bind(cache, registry));
        for (LinkState state : LinkState.values()) {
            Gauge.builder("cachewright.links", client, each -> each.linksIn(state))
                    .tag("state", state.name().toLowerCase(Locale.ROOT))
                    .description("links to servers")
                    .register(registry);
        }
        FunctionCounter.builder("cachewright.links.armed", client, CachewrightClient::linksArmed)
                .description("connections that were armed")
                .register(registry);
        TimeGauge.builder("cachewright.proof.age", client, TimeUnit.NANOSECONDS, CachewrightMetrics::proofAgeNanos)
                .description("since the link that proves least last proved anything")
                .register(registry);
    }

    private static double proofAgeNanos(CachewrightClient client) {
        return client.proofAge().map(age -> (double) age.toNanos()).orElse(Double.NaN);
    }

    private void bind(NearCache<?> cache, MeterRegistry registry) {
        Tags tags = Tags.of("cache", cache.policy().name(), "cache.manager", MANAGER);
        gets(cache, tags.and("result", "hit"), registry, counts -> counts.hits() + counts.stale());
        gets(cache, tags.and("result", "miss"), registry, counts -> counts.remote() + counts.failed());
        outcome(cache, tags, "near", registry, CacheStatistics::hits);
        outcome(cache, tags, "stale", registry, CacheStatistics::stale);
        outcome(cache, tags, "remote", registry, CacheStatistics::remote);
        outcome(cache, tags, "refused", registry, CacheStatistics::refused);
        outcome(cache, tags, "failed", registry, CacheStatistics::failed);
        counter(
                "cachewright.decode.errors",
                "values that could not be read",
                cache,
                tags,
                registry,
                CacheStatistics::decodeErrors);
        Gauge.builder("cache.size", cache, each -> each.statistics().entries())
                .tags(tags)
                .description("entries near")
                .register(registry);
        Gauge.builder("cachewright.unproved", client, each -> isUnproved(each, cache) ? 1 : 0)
                .tags(tags)
                .description("1 while the promised freshness cannot be proved")
                .register(registry);
    }

    private static boolean isUnproved(CachewrightClient client, NearCache<?> cache) {
        return client.health().classes().stream()
                .filter(each -> each.name().equals(cache.policy().name()))
                .anyMatch(each -> !each.isProved());
    }

    private static void gets(
            NearCache<?> cache, Tags tags, MeterRegistry registry, ToDoubleFunction<CacheStatistics> count) {
        counter("cache.gets", "reads by where they were answered", cache, tags, registry, count);
    }

    private static void outcome(
            NearCache<?> cache,
            Tags tags,
            String outcome,
            MeterRegistry registry,
            ToDoubleFunction<CacheStatistics> count) {
        counter("cachewright.reads", "reads by their outcome", cache, tags.and("outcome", outcome), registry, count);
    }

    private static void counter(
            String name,
            String description,
            NearCache<?> cache,
            Tags tags,
            MeterRegistry registry,
            ToDoubleFunction<CacheStatistics> count) {
        FunctionCounter.builder(name, cache, each -> count.applyAsDouble(each.statistics()))
                .tags(tags)
                .description(description)
                .register(registry);
    }
}
