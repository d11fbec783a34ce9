package io.cachewright.optimizer.rules.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import io.cachewright.optimizer.requirements.Requirements.StoreRole;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WritesWithoutReplicaTest implements RuleFixtures {

    private final WritesWithoutReplica rule = new WritesWithoutReplica();

    @Override
    public Evidences fires() {
        return Evidences.healthy().require(wanted -> wanted.storeRole(StoreRole.SYSTEM_OF_RECORD));
    }

    @Override
    public Evidences silent() {
        return fires().config("min-replicas-to-write", "1");
    }

    @Test
    void doesNotStopTheWritesOfACache() {
        assertThat(Evidences.healthy().judgedBy(rule)).isInstanceOf(Verdict.NotApplicable.class);
    }

    @Test
    void takesTheLagFromWhatMayBeLost() {
        Verdict.Found found =
                fires().require(wanted -> wanted.rpo(Duration.ofSeconds(5))).foundBy(rule);

        assertThat(found.finding().severity()).isEqualTo(Severity.HIGH);
        assertThat(found.remedies().getFirst().changes())
                .extracting(change -> change.outcome())
                .containsExactly("1", "5");
    }
}
