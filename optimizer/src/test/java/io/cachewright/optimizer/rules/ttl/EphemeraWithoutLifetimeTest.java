package io.cachewright.optimizer.rules.ttl;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.advice.Change;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.Keys;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import java.util.List;
import org.junit.jupiter.api.Test;

class EphemeraWithoutLifetimeTest implements RuleFixtures {

    private final EphemeraWithoutLifetime rule = new EphemeraWithoutLifetime();

    @Override
    public Evidences fires() {
        return Evidences.healthy()
                .key(Keys.withoutTtl(Keys.of("ticker:BTCUSDT", "string", "embstr", 8, 72)))
                .key(Keys.withoutTtl(Keys.of("book:BTCUSDT", "string", "raw", 20_000, 20_100)));
    }

    @Override
    public Evidences silent() {
        return Evidences.healthy();
    }

    @Test
    void everyFamilyGetsTheLeaseOfItsUse() {
        assertThat(fires().foundBy(rule).remedies().getFirst().changes())
                .extracting(Change::outcome)
                .containsOnly("PT30S ± 0.1");
    }

    @Test
    void ordersAndPositionsHaveToStay() {
        Evidences state = Evidences.healthy()
                .keys(List.of(Keys.withoutTtl(Keys.of("ord:{ACC1}:7", "hash", "listpack", 12, 700))));
        assertThat(state.judgedBy(rule)).isInstanceOf(Verdict.NotApplicable.class);
    }
}
