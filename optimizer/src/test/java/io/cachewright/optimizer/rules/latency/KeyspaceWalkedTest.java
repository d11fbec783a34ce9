package io.cachewright.optimizer.rules.latency;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import org.junit.jupiter.api.Test;

class KeyspaceWalkedTest implements RuleFixtures {

    private final KeyspaceWalked rule = new KeyspaceWalked();

    @Override
    public Evidences fires() {
        return Evidences.healthy().command("keys", 120, 120 * 40_000);
    }

    @Override
    public Evidences silent() {
        return Evidences.healthy();
    }

    @Test
    void seesItBeforeTheSlowLogDoes() {
        assertThat(Evidences.healthy()
                        .command("keys", 60, 60 * 900)
                        .foundBy(rule)
                        .finding()
                        .severity())
                .isEqualTo(Severity.MEDIUM);
        assertThat(fires().foundBy(rule).finding().severity()).isEqualTo(Severity.HIGH);
    }

    @Test
    void ignoresCallsFromBeforeTheWindow() {
        assertThat(Evidences.healthy()
                        .info("cmdstat_keys", "calls=9,usec=90000,usec_per_call=1.00,rejected_calls=0,failed_calls=0")
                        .judgedBy(rule))
                .isInstanceOf(Verdict.Healthy.class);
    }
}
