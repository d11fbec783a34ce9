package io.cachewright.optimizer.rules.trading;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.Keys;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import io.cachewright.optimizer.rules.Values;
import java.util.List;
import org.junit.jupiter.api.Test;

class FloatingPointMoneyTest implements RuleFixtures {

    private final FloatingPointMoney rule = new FloatingPointMoney();

    @Override
    public Evidences fires() {
        return Evidences.healthy().command("incrbyfloat", 600, 3_000);
    }

    @Override
    public Evidences silent() {
        return Evidences.healthy();
    }

    @Override
    public List<Evidences> firesToo() {
        return List.of(Evidences.healthy()
                .key(Keys.withValue(
                        Keys.of("position:A1:BTCUSDT", "string", "embstr", 20, 72),
                        Values.sound().fractions(1, 17).withoutSequenceAndTime().facts())));
    }

    @Test
    void aTimeInNanosecondsIsNoAmount() {
        Evidences timed = Evidences.healthy()
                .key(Keys.withValue(
                        Keys.of("quote:BTCUSDT", "hash", "listpack", 6, 160),
                        Values.sound().fractions(0.5, 19).facts()));
        assertThat(timed.judgedBy(rule)).isInstanceOf(Verdict.Healthy.class);
    }
}
