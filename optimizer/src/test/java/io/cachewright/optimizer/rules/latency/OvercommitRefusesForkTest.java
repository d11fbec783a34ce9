package io.cachewright.optimizer.rules.latency;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import org.junit.jupiter.api.Test;

class OvercommitRefusesForkTest implements RuleFixtures {

    private static final long GB = 1L << 30;

    private final OvercommitRefusesFork rule = new OvercommitRefusesFork();

    @Override
    public Evidences fires() {
        return Evidences.healthy()
                .config("save", "900 1")
                .info("used_memory_rss", 12 * GB)
                .host(host -> host.overcommitMemory(0).memoryBytes(16 * GB).swapTotalBytes(0));
    }

    @Override
    public Evidences silent() {
        return fires().host(host -> host.overcommitMemory(1));
    }

    @Test
    void doesNotComplainWhereTheForkFitsAnyway() {
        assertThat(fires().info("used_memory_rss", 2 * GB).judgedBy(rule)).isInstanceOf(Verdict.Healthy.class);
    }

    @Test
    void isGraveWhereTheForkCannotFit() {
        assertThat(fires().foundBy(rule).finding().severity()).isEqualTo(Severity.HIGH);
    }
}
