package io.cachewright.optimizer.rules.trading;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.advice.Change;
import io.cachewright.optimizer.advice.Practice;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.Keys;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import io.cachewright.optimizer.rules.Values;
import org.junit.jupiter.api.Test;

class TimeInScoreTest implements RuleFixtures {

    @Override
    public Evidences fires() {
        return Evidences.healthy()
                .key(Keys.withValue(
                        Keys.of("orderqueue:BTCUSDT", "zset", "skiplist", 700, 70_000),
                        Values.sound().scores(100, 0, 100, 98, 0).facts()));
    }

    @Override
    public Evidences silent() {
        return Evidences.healthy()
                .key(Keys.withValue(
                        Keys.of("orderqueue:BTCUSDT", "zset", "skiplist", 700, 70_000),
                        Values.sound().scores(40, 0, 100, 0, 0).facts()));
    }

    @Test
    void namesTheExactForm() {
        Change change = fires().foundBy(new TimeInScore())
                .remedies()
                .getFirst()
                .changes()
                .getFirst();
        assertThat(change.outcome()).isEqualTo(Practice.EXACT_SCORES.name());
    }
}
