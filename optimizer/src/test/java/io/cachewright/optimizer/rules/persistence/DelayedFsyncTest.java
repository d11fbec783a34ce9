package io.cachewright.optimizer.rules.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import org.junit.jupiter.api.Test;

class DelayedFsyncTest implements RuleFixtures {

    private final DelayedFsync rule = new DelayedFsync();

    @Override
    public Evidences fires() {
        return Evidences.healthy().config("appendonly", "yes").counter("aof_delayed_fsync", 10, 13);
    }

    @Override
    public Evidences silent() {
        return fires().counter("aof_delayed_fsync", 500, 500);
    }

    @Test
    void countsOnlyTheWindow() {
        assertThat(silent().judgedBy(rule)).isInstanceOf(Verdict.Healthy.class);
        assertThat(fires().foundBy(rule).finding().severity()).isEqualTo(Severity.HIGH);
    }
}
