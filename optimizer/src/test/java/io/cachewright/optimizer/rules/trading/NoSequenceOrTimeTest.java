package io.cachewright.optimizer.rules.trading;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.Keys;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import io.cachewright.optimizer.evidence.SampledKey;
import io.cachewright.optimizer.evidence.ValueFacts;
import io.cachewright.optimizer.rules.Values;
import java.util.List;
import org.junit.jupiter.api.Test;

class NoSequenceOrTimeTest implements RuleFixtures {

    private final NoSequenceOrTime rule = new NoSequenceOrTime();

    @Override
    public Evidences fires() {
        return Evidences.healthy().key(bare("book:BTCUSDT", ValueFacts.Form.JSON));
    }

    @Override
    public Evidences silent() {
        return Evidences.healthy();
    }

    @Override
    public List<Evidences> firesToo() {
        return List.of(Evidences.healthy().key(bare("ticker:BTCUSDT", ValueFacts.Form.DECIMAL)));
    }

    @Test
    void aPackedBookKeepsItsHeaderToItself() {
        assertThat(Evidences.healthy()
                        .key(bare("md:{BTCUSDT}:l2", ValueFacts.Form.BINARY))
                        .judgedBy(rule))
                .isInstanceOf(Verdict.Healthy.class);
    }

    private static SampledKey bare(String name, ValueFacts.Form form) {
        return Keys.withValue(
                Keys.of(name, "string", "raw", 8_000, 8_200),
                Values.sound().form(form).withoutSequenceAndTime().facts());
    }
}
