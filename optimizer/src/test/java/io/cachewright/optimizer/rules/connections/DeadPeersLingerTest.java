package io.cachewright.optimizer.rules.connections;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeadPeersLingerTest implements RuleFixtures {

    private final DeadPeersLinger rule = new DeadPeersLinger();

    @Override
    public Evidences fires() {
        return Evidences.healthy().config("tcp-keepalive", "0").config("timeout", "0");
    }

    @Override
    public Evidences silent() {
        return Evidences.healthy();
    }

    @Override
    public java.util.List<Evidences> firesToo() {
        return java.util.List.of(Evidences.healthy()
                .config("tcp-keepalive", "300")
                .require(wanted -> wanted.rto(Duration.ofSeconds(30))));
    }

    @Test
    void acceptsIdleConnectionsOfAPool() {
        assertThat(Evidences.healthy()
                        .client(Map.of("idle", "36000"))
                        .client(Map.of("idle", "72000"))
                        .judgedBy(rule))
                .isInstanceOf(Verdict.Healthy.class);
    }

    @Test
    void acceptsTheDefaultUnlessAnOutageMustBeShorter() {
        assertThat(Evidences.healthy().config("tcp-keepalive", "300").judgedBy(rule))
                .isInstanceOf(Verdict.Healthy.class);
        assertThat(firesToo().getFirst().foundBy(rule).finding().severity()).isEqualTo(Severity.LOW);
    }
}
