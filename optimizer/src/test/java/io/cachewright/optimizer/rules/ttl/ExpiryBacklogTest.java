package io.cachewright.optimizer.rules.ttl;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.advice.Change;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import org.junit.jupiter.api.Test;

class ExpiryBacklogTest implements RuleFixtures {

    private final ExpiryBacklog rule = new ExpiryBacklog();

    @Override
    public Evidences fires() {
        return Evidences.healthy()
                .info("expired_stale_perc", "31.40")
                .counter("expired_time_cap_reached_count", 10, 95)
                .config("active-expire-effort", "1");
    }

    @Override
    public Evidences silent() {
        return Evidences.healthy();
    }

    @Test
    void theEffortGrowsWithTheBacklog() {
        Change change = fires().foundBy(rule).remedies().getFirst().changes().getFirst();
        assertThat(((Change.SetParameter) change).newValue()).isEqualTo("5");
    }

    @Test
    void atFullEffortThereIsNothingToTurn() {
        assertThat(fires().config("active-expire-effort", "10").foundBy(rule).remedies())
                .isEmpty();
    }
}
