package io.cachewright.optimizer.rules.connections;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import org.junit.jupiter.api.Test;

class ClientLimitNearTest implements RuleFixtures {

    private final ClientLimitNear rule = new ClientLimitNear();

    @Override
    public Evidences fires() {
        return Evidences.healthy().info("connected_clients", 8_500);
    }

    @Override
    public Evidences silent() {
        return Evidences.healthy();
    }

    @Override
    public java.util.List<Evidences> firesToo() {
        return java.util.List.of(fires().host(host -> host.openFilesMax(9_000)));
    }

    @Test
    void doesNotCountAHundredClientsAsMany() {
        // Two peers warn from 100 connected clients on, whatever the limit.
        assertThat(Evidences.healthy().info("connected_clients", 2_500).judgedBy(rule))
                .isInstanceOf(Verdict.Healthy.class);
    }

    @Test
    void countsTheOpenFilesThatTheMachineAllows() {
        Verdict.Found found = Evidences.healthy()
                .info("connected_clients", 980)
                .host(host -> host.openFilesMax(1024))
                .foundBy(rule);

        assertThat(found.finding().severity()).isEqualTo(Severity.HIGH);
        assertThat(found.remedies().getFirst().changes()).hasSize(2);
    }
}
