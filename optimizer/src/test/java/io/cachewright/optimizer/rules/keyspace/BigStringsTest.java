package io.cachewright.optimizer.rules.keyspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.Keys;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BigStringsTest implements RuleFixtures {

    @Override
    public Evidences fires() {
        return Evidences.healthy().key(Keys.of("report:latest", "string", "raw", 4_000_000, 4_100_000));
    }

    @Override
    public Evidences silent() {
        return Evidences.healthy().key(Keys.of("md:{BTCUSDT}:l2", "string", "raw", 32_800, 33_000));
    }

    @Test
    void theStatedBudgetDecides() {
        Evidences tight = silent().require(wanted -> wanted.latencyBudget(Duration.ofNanos(200_000)));
        assertThat(tight.foundBy(new BigStrings()).finding().severity()).isEqualTo(Severity.MEDIUM);
    }
}
