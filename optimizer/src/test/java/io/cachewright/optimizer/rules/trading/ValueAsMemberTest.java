package io.cachewright.optimizer.rules.trading;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.Keys;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import io.cachewright.optimizer.rules.Values;
import org.junit.jupiter.api.Test;

class ValueAsMemberTest implements RuleFixtures {

    private final ValueAsMember rule = new ValueAsMember();

    @Override
    public Evidences fires() {
        return Evidences.healthy()
                .key(Keys.withValue(
                        Keys.of("mid:BTCUSDT", "zset", "skiplist", 900, 90_000),
                        Values.sound()
                                .numericMembers(1)
                                .fractions(1, 7)
                                .scores(100, 0, 0, 0, 100)
                                .facts()));
    }

    @Override
    public Evidences silent() {
        return Evidences.healthy();
    }

    @Test
    void aLadderOfPricesIsNoSeries() {
        Evidences ladder = Evidences.healthy()
                .key(Keys.withValue(
                        Keys.of("ladder:BTCUSDT:bids", "zset", "listpack", 5, 300),
                        Values.sound()
                                .numericMembers(1)
                                .fractions(1, 7)
                                .scores(5, 0, 5, 0, 0)
                                .facts()));
        assertThat(ladder.judgedBy(rule)).isInstanceOf(Verdict.Healthy.class);
    }

    @Test
    void orderIdsByTimeAreNoSamples() {
        Evidences queue = Evidences.healthy()
                .key(Keys.withValue(
                        Keys.of("orders:open", "zset", "listpack", 5, 300),
                        Values.sound().numericMembers(1).scores(5, 0, 0, 0, 100).facts()));
        assertThat(queue.judgedBy(rule)).isInstanceOf(Verdict.Healthy.class);
    }
}
