package io.cachewright.optimizer.rules.connections;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WritersWaitTest implements RuleFixtures {

    private final WritersWait rule = new WritersWait();

    @Override
    public Evidences fires() {
        return Evidences.healthy().client(Map.of("flags", "b", "cmd", "wait", "idle", "4"));
    }

    @Override
    public Evidences silent() {
        return Evidences.healthy()
                .client(Map.of("flags", "b", "cmd", "xreadgroup", "idle", "900"))
                .client(Map.of("flags", "b", "cmd", "blpop", "idle", "30"));
    }

    @Test
    void letsConsumersWaitForTheirQueue() {
        assertThat(silent().judgedBy(rule)).isInstanceOf(Verdict.Healthy.class);
        assertThat(fires().foundBy(rule).finding().severity()).isEqualTo(Severity.MEDIUM);
    }
}
