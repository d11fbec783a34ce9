package io.cachewright.optimizer.rules.trading;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.Keys;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import org.junit.jupiter.api.Test;

class WholeCollectionReadTest implements RuleFixtures {

    private final WholeCollectionRead rule = new WholeCollectionRead();

    @Override
    public Evidences fires() {
        return Evidences.healthy()
                .key(Keys.of("levels:BTCUSDT:bids", "hash", "hashtable", 800, 70_000))
                .command("hgetall", 6_000, 6_000 * 180);
    }

    @Override
    public Evidences silent() {
        return fires().command("hgetall", 6_000, 6_000 * 3);
    }

    @Test
    void readsOfSmallHashesAreFine() {
        Evidences small = Evidences.healthy().command("hgetall", 6_000, 6_000 * 180);
        assertThat(small.judgedBy(rule)).isInstanceOf(Verdict.Healthy.class);
    }
}
