package io.cachewright.optimizer.rules.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import io.cachewright.optimizer.evidence.AclUser;
import org.junit.jupiter.api.Test;

class NobodyAuthenticatesTest implements RuleFixtures {

    private final NobodyAuthenticates rule = new NobodyAuthenticates();

    @Override
    public Evidences fires() {
        return Evidences.healthy()
                .aclUsers(new AclUser("default", true, true, "on nopass ~* &* +@all"))
                .config("bind", "* -::*")
                .config("protected-mode", "no");
    }

    @Override
    public Evidences silent() {
        return Evidences.healthy();
    }

    @Test
    void isCriticalOnlyWhereStrangersCanConnect() {
        assertThat(severity(fires())).isEqualTo(Severity.CRITICAL);
        assertThat(severity(fires().config("protected-mode", "yes"))).isEqualTo(Severity.MEDIUM);
        assertThat(severity(fires().config("bind", "127.0.0.1 -::1"))).isEqualTo(Severity.INFO);
        assertThat(severity(fires().config("port", "0"))).isEqualTo(Severity.INFO);
        assertThat(severity(fires().config("bind", ""))).isEqualTo(Severity.CRITICAL);
    }

    @Test
    void protectedModeDoesNotGuardOtherUsers() {
        assertThat(severity(fires().config("protected-mode", "yes")
                        .aclUsers(new AclUser("reporting", true, true, "on nopass ~* +@read"))))
                .isEqualTo(Severity.CRITICAL);
    }

    @Test
    void ignoresUsersThatAreOff() {
        assertThat(fires().aclUsers(new AclUser("default", false, true, "off nopass"))
                        .judgedBy(rule))
                .isInstanceOf(Verdict.Healthy.class);
    }

    private Severity severity(Evidences evidences) {
        return evidences.foundBy(rule).finding().severity();
    }
}
