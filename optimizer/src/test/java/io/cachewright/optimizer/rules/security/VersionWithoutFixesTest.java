package io.cachewright.optimizer.rules.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.domain.Engine;
import io.cachewright.domain.ServerVersion;
import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import org.junit.jupiter.api.Test;

class VersionWithoutFixesTest implements RuleFixtures {

    private final VersionWithoutFixes rule = new VersionWithoutFixes();

    @Override
    public Evidences fires() {
        return Evidences.healthy().config("bind", "10.0.0.5");
    }

    @Override
    public Evidences silent() {
        return Evidences.healthy(new ServerVersion(Engine.VALKEY, 8, 1, 4));
    }

    @Test
    void knowsEachLine() {
        assertThat(isSafe(Engine.REDIS, 7, 2, 10)).isFalse();
        assertThat(isSafe(Engine.REDIS, 7, 2, 11)).isTrue();
        assertThat(isSafe(Engine.REDIS, 8, 2, 1)).isFalse();
        assertThat(isSafe(Engine.REDIS, 8, 4, 0)).isTrue();
        assertThat(isSafe(Engine.VALKEY, 8, 0, 5)).isFalse();
        assertThat(isSafe(Engine.VALKEY, 9, 0, 0)).isTrue();
    }

    @Test
    void sendsALineThatEndedToTheNextOne() {
        assertThat(fires().foundBy(rule).remedies().getFirst().title()).isEqualTo("Upgrade to Redis 7.2.11");
    }

    @Test
    void isOnlyWorthKnowingOnAServerOfThisMachine() {
        assertThat(Evidences.healthy().foundBy(rule).finding().severity()).isEqualTo(Severity.INFO);
        assertThat(fires().foundBy(rule).finding().severity()).isEqualTo(Severity.MEDIUM);
    }

    private boolean isSafe(Engine engine, int major, int minor, int patch) {
        return Evidences.healthy(new ServerVersion(engine, major, minor, patch)).judgedBy(rule)
                instanceof Verdict.Healthy;
    }
}
