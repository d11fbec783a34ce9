package io.cachewright.optimizer.rules.trading;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.Keys;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import java.util.List;
import org.junit.jupiter.api.Test;

class StateUnderEvictionTest implements RuleFixtures {

    private final StateUnderEviction rule = new StateUnderEviction();

    @Override
    public Evidences fires() {
        return Evidences.healthy()
                .key(Keys.withoutTtl(Keys.of("order:7", "hash", "listpack", 12, 700)))
                .key(Keys.withoutTtl(Keys.of("limit:A7", "hash", "listpack", 4, 120)));
    }

    @Override
    public Evidences silent() {
        return Evidences.healthy();
    }

    @Override
    public List<Evidences> firesToo() {
        return List.of(
                fires().counter("evicted_keys", 10, 5_000),
                fires().config("maxmemory-policy", "noeviction").info("used_memory", 900_000_000L));
    }

    @Test
    void whatIsBeingLostIsCritical() {
        assertThat(fires().foundBy(rule).finding().severity()).isEqualTo(Severity.HIGH);
        assertThat(firesToo().getFirst().foundBy(rule).finding().severity()).isEqualTo(Severity.CRITICAL);
        assertThat(firesToo().getLast().foundBy(rule).finding().severity()).isEqualTo(Severity.MEDIUM);
    }

    @Test
    void evictionsOfLastYearAreNoLossOfToday() {
        Evidences longAgo = fires().counter("evicted_keys", 5_000, 5_000);
        assertThat(longAgo.foundBy(rule).finding().severity()).isEqualTo(Severity.HIGH);
    }

    @Test
    void aServerOfTheirOwnThatNeverEvictsIsRight() {
        Evidences own = Evidences.healthy()
                .config("maxmemory-policy", "noeviction")
                .keys(List.of(Keys.withoutTtl(Keys.of("ord:{ACC1}:7", "hash", "listpack", 12, 700))));
        assertThat(own.judgedBy(rule)).isInstanceOf(Verdict.Healthy.class);
    }
}
