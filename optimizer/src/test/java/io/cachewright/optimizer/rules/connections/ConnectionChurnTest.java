package io.cachewright.optimizer.rules.connections;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import org.junit.jupiter.api.Test;

class ConnectionChurnTest implements RuleFixtures {

    private final ConnectionChurn rule = new ConnectionChurn();

    @Override
    public Evidences fires() {
        return Evidences.healthy()
                .counter("total_connections_received", 0, 12_000)
                .counter("total_commands_processed", 0, 60_000);
    }

    @Override
    public Evidences silent() {
        return Evidences.healthy();
    }

    @Test
    void looksAtConnectionsOpenedAndNotAtConnectionsHeld() {
        assertThat(Evidences.healthy().info("connected_clients", 5_000).judgedBy(rule))
                .isInstanceOf(Verdict.Healthy.class);
        assertThat(fires().foundBy(rule).finding().severity()).isEqualTo(Severity.HIGH);
    }

    @Test
    void acceptsManyConnectionsThatDoMuch() {
        assertThat(fires().counter("total_commands_processed", 0, 6_000_000).judgedBy(rule))
                .isInstanceOf(Verdict.Healthy.class);
    }
}
