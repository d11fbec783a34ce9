package io.cachewright.optimizer.rules.trading;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.advice.Change;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.Keys;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LockWithoutExpiryTest implements RuleFixtures {

    @Override
    public Evidences fires() {
        return Evidences.healthy().key(Keys.withoutTtl(Keys.of("lock:strategy:7", "string", "embstr", 6, 72)));
    }

    @Override
    public Evidences silent() {
        return Evidences.healthy()
                .key(Keys.withTtl(Keys.of("lock:strategy:7", "string", "embstr", 6, 72), Duration.ofSeconds(8)));
    }

    @Test
    void becomesALease() {
        assertThat(fires().foundBy(new LockWithoutExpiry())
                        .remedies()
                        .getFirst()
                        .changes()
                        .getFirst())
                .isInstanceOf(Change.SetTimeToLive.class);
    }
}
