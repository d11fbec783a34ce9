package io.cachewright.optimizer.rules.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.advice.Change;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import org.junit.jupiter.api.Test;

class ReplicaBufferBelowSyncTest implements RuleFixtures {

    private static final long MB = 1L << 20;

    private final ReplicaBufferBelowSync rule = new ReplicaBufferBelowSync();

    @Override
    public Evidences fires() {
        return Evidences.healthy().info("used_memory", 20_000 * MB).counter("master_repl_offset", 0, 60 * 20 * MB);
    }

    @Override
    public Evidences silent() {
        return Evidences.healthy();
    }

    @Test
    void keepsTheLimitsOfTheOtherClasses() {
        String value = fires().foundBy(rule).remedies().getFirst().changes().stream()
                .map(Change::outcome)
                .findFirst()
                .orElseThrow();

        // 20 MB/s for 201 s, twice over, rounded up to 16 MB.
        assertThat(value).isEqualTo("normal 0 0 0 slave 8438939648 8438939648 60 pubsub 33554432 8388608 60");
    }

    @Test
    void acceptsTheDefaultWhereACopyEndsInTime() {
        assertThat(fires().info("used_memory", 900 * MB).judgedBy(rule)).isInstanceOf(Verdict.Healthy.class);
    }
}
