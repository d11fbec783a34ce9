package io.cachewright.optimizer.rules.latency;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import io.cachewright.optimizer.evidence.LatencyEvent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FastCommandSpikesTest implements RuleFixtures {

    private final FastCommandSpikes rule = new FastCommandSpikes();

    @Override
    public Evidences fires() {
        return Evidences.healthy().latencyEvent("fast-command", Duration.ofMillis(25), Duration.ofMillis(25));
    }

    @Override
    public Evidences silent() {
        return Evidences.healthy();
    }

    @Test
    void ignoresSpikesFromBeforeTheWindow() {
        Duration long0 = Duration.ofSeconds(2);
        LatencyEvent old = new LatencyEvent(
                "fast-command",
                Evidences.END.minusSeconds(7200),
                long0,
                long0,
                List.of(new LatencyEvent.Sample(Evidences.END.minusSeconds(7200), long0)));

        assertThat(Evidences.healthy().latencyEvent(old).judgedBy(rule)).isInstanceOf(Verdict.Healthy.class);
    }

    @Test
    void isGraveFromTenTimesTheBudget() {
        assertThat(fires().foundBy(rule).finding().severity()).isEqualTo(Severity.MEDIUM);
        assertThat(fires().require(wanted -> wanted.latencyBudget(Duration.ofMillis(1)))
                        .foundBy(rule)
                        .finding()
                        .severity())
                .isEqualTo(Severity.HIGH);
    }
}
