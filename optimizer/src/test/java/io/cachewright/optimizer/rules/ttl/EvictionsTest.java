package io.cachewright.optimizer.rules.ttl;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvictionsTest implements RuleFixtures {

    private final Evictions rule = new Evictions();

    @Override
    public Evidences fires() {
        return Evidences.healthy().counter("evicted_keys", 100, 6_100);
    }

    @Override
    public Evidences silent() {
        return Evidences.healthy();
    }

    @Override
    public List<Evidences> firesToo() {
        return List.of(
                fires().counter("keyspace_hits", 0, 1_000).counter("keyspace_misses", 0, 900),
                Evidences.healthy().counter("evicted_keys", 100, 102));
    }

    /// Peers take marks off for one eviction last year.
    @Test
    void evictionsBeforeTheWindowDoNotCount() {
        assertThat(Evidences.healthy()
                        .counter("evicted_keys", 9_000_000, 9_000_000)
                        .judgedBy(rule))
                .isInstanceOf(Verdict.Healthy.class);
    }

    /// A peer claims evictions on a server that never evicts.
    @Test
    void aServerThatNeverEvictsHasNoEvictions() {
        assertThat(fires().config("maxmemory-policy", "noeviction").judgedBy(rule))
                .isInstanceOf(Verdict.NotApplicable.class);
    }

    @Test
    void isJudgedByWhatItCosts() {
        assertThat(fires().foundBy(rule).finding().severity()).isEqualTo(Severity.MEDIUM);
        assertThat(firesToo().getFirst().foundBy(rule).finding().severity()).isEqualTo(Severity.HIGH);
        assertThat(firesToo().getLast().foundBy(rule).finding().severity()).isEqualTo(Severity.INFO);
    }
}
