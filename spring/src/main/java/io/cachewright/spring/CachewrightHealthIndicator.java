package io.cachewright.spring;

import io.cachewright.runtime.CachewrightClient;
import io.cachewright.runtime.Health.ClassHealth;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/// Down while a class that refuses or reads remotely cannot prove what it promises; a class that degrades shows
/// its doubt as a detail only.
final class CachewrightHealthIndicator extends AbstractHealthIndicator {

    private final CachewrightClient client;

    CachewrightHealthIndicator(CachewrightClient client) {
        super("the state of the near-caches cannot be told");
        this.client = client;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        io.cachewright.runtime.Health health = client.health();
        if (health.isUp()) {
            builder.up();
        } else {
            builder.down();
        }
        for (ClassHealth each : health.classes()) {
            builder.withDetail(each.name(), each.isProved() ? each.freshness() + " proved" : each.reason());
        }
    }
}
