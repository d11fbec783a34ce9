package io.cachewright.optimizer.rules.trading;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.advice.Change;
import io.cachewright.optimizer.advice.Practice;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.Keys;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import io.cachewright.optimizer.rules.Values;
import org.junit.jupiter.api.Test;

class ScoreBeyondIntegersTest implements RuleFixtures {

    @Override
    public Evidences fires() {
        return Evidences.healthy()
                .key(Keys.withValue(
                        Keys.of("trades:BTCUSDT", "zset", "skiplist", 9_000, 2_300_000),
                        Values.sound().scores(100, 100, 0, 0, 100).facts()));
    }

    @Override
    public Evidences silent() {
        return Evidences.healthy()
                .key(Keys.withValue(
                        Keys.of("trades:BTCUSDT", "zset", "skiplist", 9_000, 2_300_000),
                        Values.sound().scores(100, 0, 0, 0, 100).facts()));
    }

    @Test
    void aTapeBecomesAStream() {
        Change change = fires().foundBy(new ScoreBeyondIntegers())
                .remedies()
                .getFirst()
                .changes()
                .getFirst();
        assertThat(change.outcome()).isEqualTo(Practice.CAPPED_STREAM.name());
    }
}
