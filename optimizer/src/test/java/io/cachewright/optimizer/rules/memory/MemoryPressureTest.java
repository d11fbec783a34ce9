package io.cachewright.optimizer.rules.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.advice.Remedy;
import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import io.cachewright.optimizer.requirements.Requirements.StoreRole;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryPressureTest implements RuleFixtures {

    private static final long GB = 1L << 30;

    private final MemoryPressure rule = new MemoryPressure();

    @Override
    public Evidences fires() {
        return Evidences.healthy()
                .config("maxmemory-policy", "noeviction")
                .info("mem_not_counted_for_evict", 0)
                .info("used_memory", (long) (0.95 * GB));
    }

    @Override
    public Evidences silent() {
        return fires().info("used_memory", GB / 2);
    }

    @Override
    public List<Evidences> firesToo() {
        return List.of(fires().require(wanted -> wanted.storeRole(StoreRole.CACHE)));
    }

    @Test
    void leavesACacheThatEvictsAtItsLimitAlone() {
        assertThat(fires().config("maxmemory-policy", "allkeys-lru")
                        .info("used_memory", GB)
                        .judgedBy(rule))
                .isInstanceOf(Verdict.Healthy.class);
    }

    @Test
    void isCriticalOnceWritesAreRefused() {
        Verdict.Found found =
                fires().info("errorstat_OOM", "count=4", "count=9").foundBy(rule);

        assertThat(found.finding().severity()).isEqualTo(Severity.CRITICAL);
        assertThat(found.finding().seen())
                .anySatisfy(seen -> assertThat(seen.text()).startsWith("5 commands refused"));
    }

    @Test
    void ignoresRefusalsFromBeforeTheWindow() {
        assertThat(silent().info("errorstat_OOM", "count=9").judgedBy(rule)).isInstanceOf(Verdict.Healthy.class);
    }

    @Test
    void seesThatTheLimitWillBeReachedWithinTheHour() {
        // 0.3 GB left and 16 MB a minute: full in about 19 minutes.
        Evidences growing = fires().counter("used_memory", (long) (0.7 * GB) - (16 << 20), (long) (0.7 * GB));

        assertThat(growing.foundBy(rule).finding().severity()).isEqualTo(Severity.HIGH);
    }

    @Test
    void offersEvictionFirstToACacheAndNeverToARecord() {
        assertThat(remedies(StoreRole.CACHE)).containsExactly("evict", "raise-maxmemory");
        assertThat(remedies(StoreRole.SYSTEM_OF_RECORD)).containsExactly("raise-maxmemory");
    }

    private List<String> remedies(StoreRole role) {
        return fires().require(wanted -> wanted.storeRole(role)).foundBy(rule).remedies().stream()
                .map(Remedy::id)
                .toList();
    }
}
