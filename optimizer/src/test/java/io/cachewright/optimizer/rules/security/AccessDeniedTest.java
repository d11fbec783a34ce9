package io.cachewright.optimizer.rules.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import io.cachewright.optimizer.evidence.AclDenial;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AccessDeniedTest implements RuleFixtures {

    private final AccessDenied rule = new AccessDenied();

    @Override
    public Evidences fires() {
        return Evidences.healthy().aclDenial(new AclDenial("auth", "AUTH", "10.0.0.9", 40, Duration.ofSeconds(3)));
    }

    @Override
    public Evidences silent() {
        return Evidences.healthy().aclDenial(new AclDenial("auth", "AUTH", "10.0.0.9", 40, Duration.ofHours(3)));
    }

    @Test
    void tellsAnAttackFromAnApplicationWithTooFewRights() {
        assertThat(fires().foundBy(rule).finding().severity()).isEqualTo(Severity.HIGH);
        assertThat(Evidences.healthy()
                        .aclDenial(new AclDenial("command", "flushall", "10.0.0.7", 2, Duration.ofSeconds(1)))
                        .foundBy(rule)
                        .finding()
                        .severity())
                .isEqualTo(Severity.LOW);
        assertThat(silent().judgedBy(rule)).isInstanceOf(Verdict.Healthy.class);
    }
}
