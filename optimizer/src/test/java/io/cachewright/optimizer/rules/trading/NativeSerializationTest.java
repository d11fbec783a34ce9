package io.cachewright.optimizer.rules.trading;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.Keys;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import io.cachewright.optimizer.evidence.ValueFacts;
import io.cachewright.optimizer.rules.Values;
import org.junit.jupiter.api.Test;

class NativeSerializationTest implements RuleFixtures {

    @Override
    public Evidences fires() {
        return Evidences.healthy()
                .key(Keys.withValue(
                        Keys.of("strategy:7:state", "string", "raw", 900, 1_000),
                        Values.sound().form(ValueFacts.Form.PICKLE).facts()));
    }

    @Override
    public Evidences silent() {
        return Evidences.healthy();
    }

    @Test
    void namesTheFormat() {
        assertThat(fires().foundBy(new NativeSerialization())
                        .finding()
                        .seen()
                        .getFirst()
                        .text())
                .contains("pickle");
    }
}
