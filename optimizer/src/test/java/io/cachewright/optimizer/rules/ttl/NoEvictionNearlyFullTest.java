package io.cachewright.optimizer.rules.ttl;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import java.util.List;
import org.junit.jupiter.api.Test;

class NoEvictionNearlyFullTest implements RuleFixtures {

    private final NoEvictionNearlyFull rule = new NoEvictionNearlyFull();

    @Override
    public Evidences fires() {
        return Evidences.healthy().config("maxmemory-policy", "noeviction").info("used_memory", 900_000_000L);
    }

    @Override
    public Evidences silent() {
        return Evidences.healthy().config("maxmemory-policy", "noeviction").info("used_memory", 300_000_000L);
    }

    @Override
    public List<Evidences> firesToo() {
        return List.of(
                fires().info("errorstat_OOM", "count=1", "count=70"),
                silent().info("used_memory", "300000000", "350000000"));
    }

    @Test
    void refusedWritesAreCritical() {
        assertThat(fires().foundBy(rule).finding().severity()).isEqualTo(Severity.MEDIUM);
        assertThat(firesToo().getFirst().foundBy(rule).finding().severity()).isEqualTo(Severity.CRITICAL);
    }

    @Test
    void aMinuteOfGrowthSaysNothingAboutTomorrow() {
        assertThat(silent().info("used_memory", "300000000", "306000000").judgedBy(rule))
                .isInstanceOf(Verdict.Healthy.class);
    }

    @Test
    void saysWhenItIsFull() {
        assertThat(firesToo().getLast().foundBy(rule).finding().seen().getLast().text())
                .contains("minutes");
    }
}
