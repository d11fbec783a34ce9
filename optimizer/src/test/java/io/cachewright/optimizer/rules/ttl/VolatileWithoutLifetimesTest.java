package io.cachewright.optimizer.rules.ttl;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.advice.Remedy;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import io.cachewright.optimizer.requirements.Requirements.StoreRole;
import org.junit.jupiter.api.Test;

class VolatileWithoutLifetimesTest implements RuleFixtures {

    private final VolatileWithoutLifetimes rule = new VolatileWithoutLifetimes();

    @Override
    public Evidences fires() {
        return Evidences.healthy()
                .config("maxmemory-policy", "volatile-lru")
                .info("db0", "keys=385368,expires=12,avg_ttl=40000");
    }

    @Override
    public Evidences silent() {
        return fires().info("db0", "keys=385368,expires=300000,avg_ttl=40000");
    }

    @Test
    void offersEvictionOfEverythingFirstOnlyToACache() {
        assertThat(fires().foundBy(rule).remedies())
                .extracting(Remedy::id)
                .containsExactly("add-lifetimes", "evict-any");
        assertThat(fires().require(wanted -> wanted.storeRole(StoreRole.CACHE))
                        .foundBy(rule)
                        .remedies())
                .extracting(Remedy::id)
                .containsExactly("evict-any", "add-lifetimes");
    }
}
