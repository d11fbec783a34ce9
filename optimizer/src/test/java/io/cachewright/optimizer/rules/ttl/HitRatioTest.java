package io.cachewright.optimizer.rules.ttl;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import java.util.List;
import org.junit.jupiter.api.Test;

class HitRatioTest implements RuleFixtures {

    private final HitRatio rule = new HitRatio();

    @Override
    public Evidences fires() {
        return Evidences.healthy()
                .counter("keyspace_hits", 9_000_000, 9_006_000)
                .counter("keyspace_misses", 1_000, 7_000)
                .counter("expired_keys", 0, 5_000);
    }

    @Override
    public Evidences silent() {
        return Evidences.healthy();
    }

    @Override
    public List<Evidences> firesToo() {
        return List.of(fires().counter("expired_keys", 0, 0));
    }

    /// Since the start 99.9 % were found; within the window half were.
    @Test
    void aLifetimeRatioCannotHideAMissStorm() {
        assertThat(fires().foundBy(rule).finding().seen().getFirst().text()).contains("50 %");
    }

    /// And a bad night is no finding of today.
    @Test
    void aLifetimeRatioAccusesNobody() {
        Evidences recovered = Evidences.healthy()
                .counter("keyspace_hits", 1_000, 61_000)
                .counter("keyspace_misses", 9_000_000, 9_000_100);
        assertThat(recovered.judgedBy(rule)).isInstanceOf(Verdict.Healthy.class);
    }

    @Test
    void tellsKeysThatWentFromKeysThatNeverWere() {
        assertThat(fires().foundBy(rule).finding().severity()).isEqualTo(Severity.MEDIUM);
        assertThat(firesToo().getFirst().foundBy(rule).remedies().getFirst().id())
                .isEqualTo("negative-caching");
    }
}
