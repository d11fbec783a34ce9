package io.cachewright.optimizer.rules.latency;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EvictionStallsTest implements RuleFixtures {

    private final EvictionStalls rule = new EvictionStalls();

    @Override
    public Evidences fires() {
        return Evidences.healthy().latencyEvent("eviction-del", Duration.ofMillis(40), Duration.ofMillis(40));
    }

    @Override
    public Evidences silent() {
        return Evidences.healthy();
    }

    @Test
    void acceptsASpikeWithinTheBudget() {
        assertThat(fires().require(wanted -> wanted.latencyBudget(Duration.ofMillis(50)))
                        .judgedBy(rule))
                .isInstanceOf(Verdict.Healthy.class);
    }
}
