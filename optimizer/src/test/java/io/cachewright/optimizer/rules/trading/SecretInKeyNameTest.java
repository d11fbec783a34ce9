package io.cachewright.optimizer.rules.trading;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.Keys;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import io.cachewright.optimizer.evidence.SampledKey;
import org.junit.jupiter.api.Test;

class SecretInKeyNameTest implements RuleFixtures {

    @Override
    public Evidences fires() {
        SampledKey key = Keys.of("session:(redacted)", "hash", "listpack", 4, 200);
        return Evidences.healthy()
                .key(new SampledKey(
                        0,
                        key.name(),
                        true,
                        key.type(),
                        key.encoding(),
                        key.elements(),
                        key.bytes(),
                        key.timeToLive(),
                        key.idle(),
                        key.frequency(),
                        key.value()));
    }

    @Override
    public Evidences silent() {
        return Evidences.healthy();
    }

    @Test
    void saysHowManyNamesAndNeverWhich() {
        assertThat(fires().foundBy(new SecretInKeyName())
                        .finding()
                        .seen()
                        .getFirst()
                        .text())
                .contains("1 of 1");
    }
}
