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
        return Evidences.healthy(new ServerVersion(Engine.VALKEY, 8, 1, 9));
    }

    @Test
    void knowsEachLine() {
        assertThat(isSafe(Engine.REDIS, 7, 2, 15)).isFalse();
        assertThat(isSafe(Engine.REDIS, 7, 2, 16)).isTrue();
        assertThat(isSafe(Engine.REDIS, 8, 2, 9)).isFalse();
        assertThat(isSafe(Engine.REDIS, 8, 4, 6)).isTrue();
        assertThat(isSafe(Engine.REDIS, 8, 12, 0)).isTrue();
        assertThat(isSafe(Engine.VALKEY, 8, 0, 9)).isFalse();
        assertThat(isSafe(Engine.VALKEY, 9, 1, 1)).isTrue();
    }

    @Test
    void findsNoSafeVersionInALineThatEnded() {
        assertThat(isSafe(Engine.REDIS, 7, 0, 99)).isFalse();
        assertThat(isSafe(Engine.REDIS, 8, 0, 6)).isFalse();
    }

    @Test
    void namesOnlyTheHolesThatTheVersionHas() {
        assertThat(open(Engine.REDIS, 7, 2, 11)).contains("CVE-2026-23479").doesNotContain("CVE-2025-49844");
        assertThat(open(Engine.REDIS, 7, 2, 10)).contains("CVE-2025-49844").doesNotContain("XACKDEL");
        assertThat(open(Engine.REDIS, 5, 0, 7)).contains("CVE-2025-49844").doesNotContain("XACKDEL");
        assertThat(open(Engine.VALKEY, 9, 0, 4)).contains("CVE-2026-56684").doesNotContain("CVE-2026-23479");
    }

    @Test
    void sendsALineThatEndedToTheNextOne() {
        assertThat(fires().foundBy(rule).remedies().getFirst().title()).isEqualTo("Upgrade to Redis 7.2.16");
        assertThat(SecurityRelease.upgradeOf(new ServerVersion(Engine.REDIS, 8, 0, 6)))
                .isEqualTo(new ServerVersion(Engine.REDIS, 8, 2, 10));
    }

    @Test
    void upgradesToNothingThatLacksAFix() {
        for (SecurityRelease release : SecurityRelease.ALL) {
            for (ServerVersion version : release.versions()) {
                assertThat(SecurityRelease.missingIn(SecurityRelease.upgradeOf(version)))
                        .as("%s", version)
                        .isEmpty();
            }
        }
    }

    @Test
    void isOnlyWorthKnowingOnAServerOfThisMachine() {
        assertThat(Evidences.healthy().foundBy(rule).finding().severity()).isEqualTo(Severity.INFO);
        assertThat(fires().foundBy(rule).finding().severity()).isEqualTo(Severity.MEDIUM);
    }

    private String open(Engine engine, int major, int minor, int patch) {
        return Evidences.healthy(new ServerVersion(engine, major, minor, patch))
                .foundBy(rule)
                .finding()
                .seen()
                .toString();
    }

    private boolean isSafe(Engine engine, int major, int minor, int patch) {
        return Evidences.healthy(new ServerVersion(engine, major, minor, patch)).judgedBy(rule)
                instanceof Verdict.Healthy;
    }
}
