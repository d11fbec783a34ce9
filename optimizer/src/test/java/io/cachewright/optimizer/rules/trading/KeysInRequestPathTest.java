package io.cachewright.optimizer.rules.trading;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeysInRequestPathTest implements RuleFixtures {

    private final KeysInRequestPath rule = new KeysInRequestPath();

    @Override
    public Evidences fires() {
        return Evidences.healthy().command("keys", 200, 200 * 40_000);
    }

    @Override
    public Evidences silent() {
        return Evidences.healthy();
    }

    @Override
    public List<Evidences> firesToo() {
        return List.of(Evidences.healthy().command("keys", 1, 20));
    }

    /// Lifetime counters would accuse a server for one call last year.
    @Test
    void callsBeforeTheWindowDoNotCount() {
        Evidences longAgo = Evidences.healthy().command("keys", 0, 0);
        assertThat(longAgo.judgedBy(rule)).isInstanceOf(Verdict.Healthy.class);
    }

    @Test
    void aCallThatNobodyFeelsIsLessGrave() {
        assertThat(fires().foundBy(rule).finding().severity()).isEqualTo(Severity.HIGH);
        assertThat(firesToo().getFirst().foundBy(rule).finding().severity()).isEqualTo(Severity.MEDIUM);
    }
}
