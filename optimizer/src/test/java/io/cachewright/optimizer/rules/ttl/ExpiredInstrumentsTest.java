package io.cachewright.optimizer.rules.ttl;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.Keys;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import org.junit.jupiter.api.Test;

class ExpiredInstrumentsTest implements RuleFixtures {

    private final ExpiredInstruments rule = new ExpiredInstruments();

    /// The evidence ends on 2 March 2026.
    @Override
    public Evidences fires() {
        return Evidences.healthy()
                .key(Keys.withoutTtl(Keys.of("quote:ESZ5", "hash", "listpack", 6, 160)))
                .key(Keys.withoutTtl(Keys.of("quote:BTC-27FEB26-100000-C", "hash", "listpack", 6, 160)))
                .key(Keys.withoutTtl(Keys.of("quote:ESH6", "hash", "listpack", 6, 160)));
    }

    @Override
    public Evidences silent() {
        return Evidences.healthy().key(Keys.withoutTtl(Keys.of("quote:ESH6", "hash", "listpack", 6, 160)));
    }

    @Test
    void theCurrentContractIsAlive() {
        assertThat(fires().foundBy(rule).finding().seen().getFirst().text()).startsWith("2 of 3");
    }
}
