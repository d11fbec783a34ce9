package io.cachewright.spring;

import io.cachewright.domain.policy.CachePolicy;
import io.cachewright.runtime.CachewrightClient;
import io.cachewright.runtime.CachewrightClientBuilder;
import io.cachewright.runtime.Codec;
import io.cachewright.runtime.metrics.CachewrightMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.cache.CacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.io.Resource;

/// A client from the properties, and what Spring makes of it. Each bean gives way to one of the
/// application's own.
@AutoConfiguration(beforeName = "org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration")
@ConditionalOnBooleanProperty(name = "cachewright.enabled", matchIfMissing = true)
@EnableConfigurationProperties(CachewrightProperties.class)
public class CachewrightAutoConfiguration {

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    CachewrightClient cachewrightClient(CachewrightProperties properties, Environment environment) {
        String uri = properties.uri();
        CachewrightClientBuilder builder =
                uri == null ? SpringServers.of(environment).builder() : CachewrightClient.builder(uri);
        return builder.policy(policyOf(properties))
                .detectWithin(properties.detectWithin())
                .readTimeout(properties.readTimeout())
                .tracking(properties.tracking())
                .hitClock(properties.hitClock())
                .build();
    }

    @Bean
    @ConditionalOnMissingBean(CacheManager.class)
    CachewrightCacheManager cachewrightCacheManager(
            CachewrightClient client, CachewrightProperties properties, ListableBeanFactory beans) {
        Map<String, Codec<?>> codecs = new HashMap<>();
        beans.getBeansOfType(Codec.class).forEach(codecs::put);
        return new CachewrightCacheManager(client, properties.caches(), codecs);
    }

    private static CachePolicy policyOf(CachewrightProperties properties) {
        Resource policy = properties.policy();
        if (policy == null) {
            throw new IllegalStateException("cachewright.policy is missing");
        }
        try {
            return CachePolicy.parse(policy.getDescription(), policy.getContentAsString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the cache policy cannot be read: " + e.getMessage(), e);
        }
    }

    /// Where the application shows health.
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(HealthIndicator.class)
    static class HealthConfiguration {

        @Bean
        @ConditionalOnMissingBean(name = "cachewrightHealthIndicator")
        HealthIndicator cachewrightHealthIndicator(CachewrightClient client) {
            return new CachewrightHealthIndicator(client);
        }
    }

    /// Where the application has metrics; Spring Boot binds what is a binder.
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    static class MetricsConfiguration {

        /// `caches` is asked for so that they are there when the figures are bound.
        @Bean
        @ConditionalOnMissingBean
        CachewrightMetrics cachewrightMetrics(CachewrightClient client, CacheManager caches) {
            return new CachewrightMetrics(client);
        }
    }
}
