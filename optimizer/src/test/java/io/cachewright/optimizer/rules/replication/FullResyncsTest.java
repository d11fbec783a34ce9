package io.cachewright.optimizer.rules.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import org.junit.jupiter.api.Test;

class FullResyncsTest implements RuleFixtures {

    private final FullResyncs rule = new FullResyncs();

    @Override
    public Evidences fires() {
        return Evidences.healthy().counter("sync_full", 3, 6).counter("sync_partial_err", 2, 5);
    }

    @Override
    public Evidences silent() {
        return Evidences.healthy().info("sync_full", 9).info("sync_partial_err", 9);
    }

    @Test
    void takesTheFirstCopyOfANewReplicaForWhatItIs() {
        assertThat(Evidences.healthy()
                        .counter("sync_full", 0, 1)
                        .foundBy(rule)
                        .finding()
                        .severity())
                .isEqualTo(Severity.INFO);
        assertThat(fires().foundBy(rule).finding().severity()).isEqualTo(Severity.HIGH);
        assertThat(silent().judgedBy(rule)).isInstanceOf(Verdict.Healthy.class);
    }
}
