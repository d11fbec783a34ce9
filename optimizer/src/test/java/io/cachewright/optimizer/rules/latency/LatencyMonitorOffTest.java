package io.cachewright.optimizer.rules.latency;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LatencyMonitorOffTest implements RuleFixtures {

    private final LatencyMonitorOff rule = new LatencyMonitorOff();

    @Override
    public Evidences fires() {
        return Evidences.healthy().config("latency-monitor-threshold", "0");
    }

    @Override
    public Evidences silent() {
        return Evidences.healthy();
    }

    @Test
    void takesTheThresholdFromTheLatencyBudget() {
        Verdict.Found found = fires().require(wanted -> wanted.latencyBudget(Duration.ofMillis(3)))
                .foundBy(rule);

        assertThat(found.finding().severity()).isEqualTo(Severity.LOW);
        assertThat(found.remedies().getFirst().changes().getFirst().outcome()).isEqualTo("3");
    }

    @Test
    void isOnlyWorthKnowingWhileNobodyNeedsALatency() {
        assertThat(fires().foundBy(rule).finding().severity()).isEqualTo(Severity.INFO);
    }

    @Test
    void seesAThresholdFarAboveTheBudget() {
        assertThat(Evidences.healthy()
                        .config("latency-monitor-threshold", "500")
                        .require(wanted -> wanted.latencyBudget(Duration.ofMillis(5)))
                        .foundBy(rule)
                        .finding()
                        .title())
                .contains("far above");
    }
}
