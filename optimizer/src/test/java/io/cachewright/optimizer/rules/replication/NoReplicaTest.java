package io.cachewright.optimizer.rules.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import io.cachewright.optimizer.requirements.Requirements.StoreRole;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class NoReplicaTest implements RuleFixtures {

    private final NoReplica rule = new NoReplica();

    @Override
    public Evidences fires() {
        return Evidences.healthy().info("connected_slaves", 0).require(wanted -> wanted.rto(Duration.ofSeconds(10)));
    }

    @Override
    public Evidences silent() {
        return Evidences.healthy();
    }

    @Test
    void isWorthKnowingOnlyForACacheThatMayStartAgain() {
        assertThat(Evidences.healthy()
                        .info("connected_slaves", 0)
                        .foundBy(rule)
                        .finding()
                        .severity())
                .isEqualTo(Severity.INFO);
        assertThat(fires().foundBy(rule).finding().severity()).isEqualTo(Severity.HIGH);
        assertThat(Evidences.healthy()
                        .info("connected_slaves", 0)
                        .require(wanted -> wanted.storeRole(StoreRole.SYSTEM_OF_RECORD))
                        .foundBy(rule)
                        .finding()
                        .severity())
                .isEqualTo(Severity.HIGH);
    }

    @Test
    void acceptsARestartWhereTheOutageMayLastThatLong() {
        assertThat(fires().require(wanted -> wanted.rto(Duration.ofMinutes(5))).judgedBy(rule))
                .isInstanceOf(Verdict.Healthy.class);
    }
}
