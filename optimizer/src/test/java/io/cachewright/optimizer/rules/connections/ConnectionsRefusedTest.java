package io.cachewright.optimizer.rules.connections;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import org.junit.jupiter.api.Test;

class ConnectionsRefusedTest implements RuleFixtures {

    private final ConnectionsRefused rule = new ConnectionsRefused();

    @Override
    public Evidences fires() {
        return Evidences.healthy().counter("rejected_connections", 5, 25);
    }

    @Override
    public Evidences silent() {
        return Evidences.healthy().info("rejected_connections", 9_000);
    }

    @Test
    void leavesRefusalsOfLastYearAlone() {
        assertThat(silent().judgedBy(rule)).isInstanceOf(Verdict.Healthy.class);
        assertThat(fires().foundBy(rule).finding().severity()).isEqualTo(Severity.CRITICAL);
    }
}
