package io.cachewright.spring;

import io.cachewright.domain.Problems;
import io.cachewright.runtime.HitClock;
import io.cachewright.runtime.Tracking;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.io.Resource;

/// What `application.yaml` says under `cachewright`.
///
/// @param enabled whether there shall be a client at all
/// @param uri of the server, as `redis://user:password@host:port/db`; where it is missing, `spring.data.redis`
///     says it
/// @param policy the file with the classes of keys, for example `classpath:cache-policy.yaml`
/// @param detectWithin how soon a silent link is suspected
/// @param readTimeout how long a read or write may take
/// @param tracking how the server knows which invalidations to send
/// @param hitClock the clock by which near hits are judged
/// @param caches by the name of the class
@ConfigurationProperties(value = "cachewright", ignoreUnknownFields = false)
public record CachewrightProperties(
        @DefaultValue("true") boolean enabled,
        @Nullable String uri,
        @Nullable Resource policy,
        @DefaultValue("250ms") Duration detectWithin,
        @DefaultValue("1s") Duration readTimeout,
        @DefaultValue("broadcast") Tracking tracking,
        @DefaultValue("precise") HitClock hitClock,
        @DefaultValue Map<String, CacheProperties> caches) {

    /// How Spring's cache of one class keeps values.
    ///
    /// @param type of the values, kept as JSON; text where it is missing. A bean of type `Codec` with the name
    ///     of the
    ///     class goes before it
    /// @param ttl the time to live in the server of what is put; the near time to live of the class where it is
    ///     missing
    /// @param nullValues whether it is kept that a method returned null
    public record CacheProperties(
            @Nullable Class<?> type,
            @Nullable Duration ttl,
            @DefaultValue("false") boolean nullValues) {}

    public CachewrightProperties {
        caches = Map.copyOf(caches);
        Problems problems = new Problems("cachewright properties");
        if (enabled && policy == null) {
            problems.add("cachewright.policy must name the policy file, for example classpath:cache-policy.yaml");
        }
        if (detectWithin.compareTo(Duration.ofMillis(1)) < 0) {
            problems.add("cachewright.detect-within must be at least 1ms, was " + detectWithin.toMillis() + "ms");
        }
        if (readTimeout.compareTo(Duration.ofMillis(1)) < 0) {
            problems.add("cachewright.read-timeout must be at least 1ms, was " + readTimeout.toMillis() + "ms");
        }
        caches.forEach((name, each) -> {
            if (each.ttl() != null && each.ttl().toMillis() < 1) {
                problems.add("cachewright.caches." + name + ".ttl must be at least 1ms, was " + each.ttl());
            }
        });
        problems.throwIfAny();
    }
}
