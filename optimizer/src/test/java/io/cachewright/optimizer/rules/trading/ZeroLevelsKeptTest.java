package io.cachewright.optimizer.rules.trading;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.Keys;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import io.cachewright.optimizer.rules.Values;
import org.junit.jupiter.api.Test;

class ZeroLevelsKeptTest implements RuleFixtures {

    @Override
    public Evidences fires() {
        return Evidences.healthy()
                .key(Keys.withValue(
                        Keys.of("levels:BTCUSDT:bids", "hash", "hashtable", 1_800, 150_000),
                        Values.sound().zeroShare(0.31).facts()));
    }

    @Override
    public Evidences silent() {
        return Evidences.healthy();
    }

    @Test
    void saysHowManyAreZero() {
        assertThat(fires().foundBy(new ZeroLevelsKept())
                        .finding()
                        .seen()
                        .getFirst()
                        .text())
                .contains("31 %");
    }

    @Test
    void zeroPositionsAreNoLevels() {
        Evidences flat = Evidences.healthy()
                .key(Keys.withValue(
                        Keys.of("pos:{ACC1}", "hash", "listpack", 20, 700),
                        Values.sound().zeroShare(0.9).facts()));
        assertThat(flat.judgedBy(new ZeroLevelsKept())).isInstanceOf(Verdict.Healthy.class);
    }
}
