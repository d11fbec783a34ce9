package io.cachewright.optimizer.rules.trading;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import org.junit.jupiter.api.Test;

class FlushedByApplicationTest implements RuleFixtures {

    @Override
    public Evidences fires() {
        return Evidences.healthy().command("flushdb", 2, 900);
    }

    @Override
    public Evidences silent() {
        return Evidences.healthy().command("flushdb", 0, 0);
    }

    @Test
    void countsTheCallsOfTheWindowOnly() {
        assertThat(fires().foundBy(new FlushedByApplication())
                        .finding()
                        .seen()
                        .getFirst()
                        .text())
                .startsWith("2 calls");
    }
}
