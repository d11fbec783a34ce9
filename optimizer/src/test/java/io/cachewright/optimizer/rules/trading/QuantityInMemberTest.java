package io.cachewright.optimizer.rules.trading;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.Keys;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import io.cachewright.optimizer.rules.Values;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuantityInMemberTest implements RuleFixtures {

    private final QuantityInMember rule = new QuantityInMember();

    @Override
    public Evidences fires() {
        return Evidences.healthy()
                .keys(List.of(Keys.withValue(
                        Keys.of("depth:BTCUSDT:bids", "zset", "skiplist", 4_000, 400_000),
                        Values.sound().pairMembers(1).scores(31, 0, 90, 0, 0).facts())));
    }

    @Override
    public Evidences silent() {
        return Evidences.healthy().key(Keys.of("depth:BTCUSDT:bids", "zset", "listpack", 20, 700));
    }

    @Test
    void showsHowManyPricesTheMembersHave() {
        assertThat(fires().foundBy(rule).finding().seen().getFirst().text()).contains("31 different prices among 100");
    }
}
