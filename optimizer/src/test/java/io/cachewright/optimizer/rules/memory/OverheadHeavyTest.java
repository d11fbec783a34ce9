package io.cachewright.optimizer.rules.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import org.junit.jupiter.api.Test;

class OverheadHeavyTest implements RuleFixtures {

    private final OverheadHeavy rule = new OverheadHeavy();

    @Override
    public Evidences fires() {
        return Evidences.healthy().info("used_memory_overhead", 400_000_000).info("used_memory_dataset", 100_000_000);
    }

    @Override
    public Evidences silent() {
        return Evidences.healthy();
    }

    @Test
    void doesNotCountTheReplicationBacklogAsBookkeeping() {
        assertThat(fires().info("mem_replication_backlog", 350_000_000).judgedBy(rule))
                .isInstanceOf(Verdict.Healthy.class);
    }
}
