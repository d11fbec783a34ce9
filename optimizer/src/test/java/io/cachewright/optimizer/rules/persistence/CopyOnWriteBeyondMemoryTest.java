package io.cachewright.optimizer.rules.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import org.junit.jupiter.api.Test;

class CopyOnWriteBeyondMemoryTest implements RuleFixtures {

    private static final long GB = 1L << 30;

    private final CopyOnWriteBeyondMemory rule = new CopyOnWriteBeyondMemory();

    @Override
    public Evidences fires() {
        return Evidences.healthy()
                .config("maxmemory", Long.toString(14 * GB))
                .config("save", "900 1")
                .info("used_memory", 6 * GB)
                .info("used_memory_rss", 6 * GB)
                .host(host -> host.memoryBytes(16 * GB).memoryAvailableBytes(9 * GB));
    }

    @Override
    public Evidences silent() {
        return Evidences.healthy();
    }

    @Test
    void allowsNearlyAllOfTheMachineToAServerThatNeverForks() {
        assertThat(fires().config("save", "").info("connected_slaves", 0).judgedBy(rule))
                .isInstanceOf(Verdict.Healthy.class);
    }

    @Test
    void isGraveOnceTheDataOfTodayDoesNotFitWithAFork() {
        assertThat(fires().foundBy(rule).finding().severity()).isEqualTo(Severity.MEDIUM);
        assertThat(fires().info("used_memory", 12 * GB)
                        .info("used_memory_rss", 12 * GB)
                        .info("rdb_last_cow_size", 3 * GB)
                        .host(host -> host.memoryAvailableBytes(3 * GB))
                        .foundBy(rule)
                        .finding()
                        .severity())
                .isEqualTo(Severity.HIGH);
    }
}
