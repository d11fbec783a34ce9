package io.cachewright.runtime.metrics;

import io.cachewright.runtime.CacheStatistics;
import io.cachewright.runtime.CachewrightClient;
import io.cachewright.runtime.FieldCache;
import io.cachewright.runtime.LoadingCache;
import io.cachewright.runtime.NearCache;
import io.cachewright.runtime.coherence.LinkState;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

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
/// | `cache.load`, `cachewright.load.duration` | `cache`, `result` = `success`, `failure` | values that the source
/// was asked for; what it took |
/// | `cachewright.load.lease.wait` | `cache` | loads that waited for another process |
/// | `cachewright.loads` | `cache`, `outcome` = `joined`, `elsewhere`, `late`, `shed`, `cut`, `unfilled` | see
/// [io.cachewright.runtime.loading.LoadCounts] |
/// | `cachewright.loads.active` | `cache` | loads under way |
/// | `cachewright.load.breaker` | `cache`, `state` | 1 for the state that the circuit breaker is in |
/// | `cachewright.invalidation.lag` | | from a write by this client to the drop in its own near-cache |
/// | `cachewright.invalidation.acknowledgement` | `outcome` = `acknowledged`, `failed` | calls that invalidate |
/// | `cachewright.invalidated` | `what` = `key`, `tag`, `class` | what they invalidated |
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
        Map<String, LoadingCache<?>> loading = client.loadingCaches().stream()
                .collect(Collectors.toMap(each -> each.policy().name(), each -> each));
        for (NearCache<?> near : client.nearCaches()) {
            String name = near.policy().name();
            LoadingCache<?> cache = loading.get(name);
            if (cache == null) {
                bind(name, near, NearCache::statistics, registry);
            } else {
                // It serves last values that its near-cache knows nothing of.
                bind(name, cache, LoadingCache::statistics, registry);
                LoadMeters.bind(cache, tags(name), registry);
            }
        }
        client.fieldCaches().forEach(cache -> bind(cache.policy().name(), cache, FieldCache::statistics, registry));
        client.addInvalidationListener(new InvalidationMeters(registry));
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

    private static Tags tags(String name) {
        return Tags.of("cache", name, "cache.manager", MANAGER);
    }

    private <C> void bind(String name, C from, Function<C, CacheStatistics> statistics, MeterRegistry registry) {
        Tags tags = tags(name);
        Counts<C> cache = new Counts<>(from, statistics);
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
        Gauge.builder("cache.size", from, each -> statistics.apply(each).entries())
                .tags(tags)
                .description("entries near")
                .register(registry);
        Gauge.builder("cachewright.unproved", client, each -> isUnproved(each, name) ? 1 : 0)
                .tags(tags)
                .description("1 while the promised freshness cannot be proved")
                .register(registry);
    }

    private static boolean isUnproved(CachewrightClient client, String name) {
        return client.health().classes().stream()
                .filter(each -> each.name().equals(name))
                .anyMatch(each -> !each.isProved());
    }

    /// Where the counts of a class come from. Counters hold what they count weakly, so this is not what they hold.
    private record Counts<C>(C from, Function<C, CacheStatistics> statistics) {}

    private static <C> void gets(
            Counts<C> cache, Tags tags, MeterRegistry registry, ToDoubleFunction<CacheStatistics> count) {
        counter("cache.gets", "reads by where they were answered", cache, tags, registry, count);
    }

    private static <C> void outcome(
            Counts<C> cache,
            Tags tags,
            String outcome,
            MeterRegistry registry,
            ToDoubleFunction<CacheStatistics> count) {
        counter("cachewright.reads", "reads by their outcome", cache, tags.and("outcome", outcome), registry, count);
    }

    private static <C> void counter(
            String name,
            String description,
            Counts<C> cache,
            Tags tags,
            MeterRegistry registry,
            ToDoubleFunction<CacheStatistics> count) {
        Function<C, CacheStatistics> statistics = cache.statistics;
        FunctionCounter.builder(name, cache.from, each -> count.applyAsDouble(statistics.apply(each)))
                .tags(tags)
                .description(description)
                .register(registry);
    }
}
