package io.cachewright.optimizer.rules.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplicaLinkDownTest implements RuleFixtures {

    private final ReplicaLinkDown rule = new ReplicaLinkDown();

    @Override
    public Evidences fires() {
        return Evidences.healthyReplica(Evidences.REDIS_7_0)
                .info("master_link_status", "down")
                .info("master_link_down_since_seconds", 42);
    }

    @Override
    public Evidences silent() {
        return Evidences.healthyReplica(Evidences.REDIS_7_0);
    }

    @Override
    public List<Evidences> firesToo() {
        return List.of(fires().require(wanted -> wanted.stalenessMax(Duration.ofMillis(100))));
    }

    @Test
    void isGraveWhileOldDataIsServed() {
        assertThat(fires().foundBy(rule).finding().severity()).isEqualTo(Severity.HIGH);
        assertThat(fires().config("replica-serve-stale-data", "no")
                        .foundBy(rule)
                        .finding()
                        .severity())
                .isEqualTo(Severity.MEDIUM);
        assertThat(silent().judgedBy(rule)).isInstanceOf(Verdict.Healthy.class);
    }
}
