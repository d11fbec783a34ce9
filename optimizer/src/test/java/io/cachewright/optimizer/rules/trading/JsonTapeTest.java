package io.cachewright.optimizer.rules.trading;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.advice.Effect;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.Keys;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import io.cachewright.optimizer.evidence.ValueFacts;
import io.cachewright.optimizer.rules.Values;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonTapeTest implements RuleFixtures {

    @Override
    public Evidences fires() {
        return Evidences.healthy()
                .keys(List.of(Keys.withValue(
                        Keys.of("trades:BTCUSDT", "zset", "skiplist", 90_000, 90_000 * 258),
                        Values.sound().form(ValueFacts.Form.JSON).json(1).facts())))
                .totalKeys(1);
    }

    @Override
    public Evidences silent() {
        return Evidences.healthy().key(Keys.of("orders:open", "zset", "listpack", 90, 2_000));
    }

    @Test
    void savesWhatTheStreamDoesNotNeed() {
        Effect effect =
                fires().foundBy(new JsonTape()).remedies().getFirst().expect().getFirst();
        assertThat(effect).isInstanceOf(Effect.Relative.class);
        assertThat(((Effect.Relative) effect).expected()).isNegative();
    }
}
