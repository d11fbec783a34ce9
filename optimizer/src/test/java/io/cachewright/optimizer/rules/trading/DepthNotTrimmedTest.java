package io.cachewright.optimizer.rules.trading;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.Keys;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import java.util.List;
import org.junit.jupiter.api.Test;

class DepthNotTrimmedTest implements RuleFixtures {

    @Override
    public Evidences fires() {
        return Evidences.healthy().key(Keys.of("levels:BTCUSDT:bids", "hash", "hashtable", 4_900, 600_000));
    }

    @Override
    public Evidences silent() {
        return Evidences.healthy();
    }

    @Test
    void aPackedBookIsNotCountedInLevels() {
        Evidences packed =
                Evidences.healthy().keys(List.of(Keys.of("md:{BINANCE.BTCUSDT}:l2", "string", "raw", 32_800, 32_900)));
        assertThat(packed.judgedBy(new DepthNotTrimmed())).isInstanceOf(Verdict.NotApplicable.class);
    }
}
