package io.cachewright.optimizer.rules.latency;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SlowLogTooCoarseTest implements RuleFixtures {

    private final SlowLogTooCoarse rule = new SlowLogTooCoarse();

    @Override
    public Evidences fires() {
        return Evidences.healthy().config("slowlog-log-slower-than", "1000000");
    }

    @Override
    public Evidences silent() {
        return Evidences.healthy().config("slowlog-log-slower-than", "10000");
    }

    @Test
    void takesTheThresholdFromTheLatencyBudgetButNotBelowAMillisecond() {
        assertThat(changedTo(Duration.ofMillis(3))).isEqualTo("3000");
        assertThat(changedTo(Duration.ofNanos(200_000))).isEqualTo("1000");
    }

    @Test
    void seesThatItIsOff() {
        Verdict.Found found =
                Evidences.healthy().config("slowlog-log-slower-than", "-1").foundBy(rule);
        assertThat(found.finding().severity()).isEqualTo(Severity.INFO);
        assertThat(found.finding().seen().getFirst().text()).contains("it is off");
    }

    private String changedTo(Duration budget) {
        return fires().require(wanted -> wanted.latencyBudget(budget))
                .foundBy(rule)
                .remedies()
                .getFirst()
                .changes()
                .getFirst()
                .outcome();
    }
}
