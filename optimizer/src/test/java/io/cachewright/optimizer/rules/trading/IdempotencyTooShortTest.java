package io.cachewright.optimizer.rules.trading;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.advice.Change;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.Keys;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import io.cachewright.optimizer.evidence.SampledKey;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IdempotencyTooShortTest implements RuleFixtures {

    @Override
    public Evidences fires() {
        return living(Duration.ofSeconds(50));
    }

    @Override
    public Evidences silent() {
        return living(Duration.ofHours(30));
    }

    @Test
    void namesTheDay() {
        Change change = fires().foundBy(new IdempotencyTooShort())
                .remedies()
                .getFirst()
                .changes()
                .getFirst();
        assertThat(((Change.SetTimeToLive) change).newTimeToLive()).isEqualTo(Duration.ofHours(36));
    }

    private static Evidences living(Duration left) {
        List<SampledKey> keys = IntStream.range(0, 20)
                .mapToObj(i -> Keys.withTtl(Keys.of("idem:{S1}:c" + (1000 + i), "string", "embstr", 7, 72), left))
                .toList();
        return Evidences.healthy().key(keys.toArray(SampledKey[]::new));
    }
}
