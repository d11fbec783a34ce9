package io.cachewright.optimizer.rules.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.diagnose.Need;
import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import org.junit.jupiter.api.Test;

class ServerSwappedTest implements RuleFixtures {

    private final ServerSwapped rule = new ServerSwapped();

    @Override
    public Evidences fires() {
        return Evidences.healthy()
                .host(host -> host.swapUsedBytesOfServer(64L << 20).swappiness(60));
    }

    @Override
    public Evidences silent() {
        return Evidences.healthy().host(host -> host.swapUsedBytesOfServer(1L << 20));
    }

    @Test
    void doesNotTakeARatioBelowOneForSwapping() {
        Evidences ratio = Evidences.healthy().info("mem_fragmentation_ratio", "0.80");

        assertThat(ratio.judgedBy(rule)).isInstanceOf(Verdict.Healthy.class);
        assertThat(ratio.without(Need.HOST).judgedBy(rule)).isInstanceOf(Verdict.Unknown.class);
    }

    @Test
    void isGraveFromOnePercentOfTheData() {
        assertThat(fires().foundBy(rule).finding().severity()).isEqualTo(Severity.HIGH);
        assertThat(fires().info("used_memory", 100L << 30)
                        .foundBy(rule)
                        .finding()
                        .severity())
                .isEqualTo(Severity.LOW);
    }

    @Test
    void hasNoRemedyWhereSwappinessIsAlreadyLow() {
        assertThat(fires().host(host -> host.swappiness(1)).foundBy(rule).remedies())
                .isEmpty();
    }
}
