package io.cachewright.optimizer.rules.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import io.cachewright.optimizer.requirements.Requirements.StoreRole;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DurabilityBelowRequirementTest implements RuleFixtures {

    private final DurabilityBelowRequirement rule = new DurabilityBelowRequirement();

    @Override
    public Evidences fires() {
        return Evidences.healthy().require(wanted -> wanted.storeRole(StoreRole.SYSTEM_OF_RECORD));
    }

    @Override
    public Evidences silent() {
        return Evidences.healthy();
    }

    @Override
    public List<Evidences> firesToo() {
        return List.of(
                Evidences.healthy().config("appendonly", "yes").require(wanted -> wanted.rpo(Duration.ZERO)),
                Evidences.healthy().config("save", "3600 1").require(wanted -> wanted.rpo(Duration.ofSeconds(10))));
    }

    @Test
    void leavesAPureCacheWithoutPersistenceAlone() {
        assertThat(Evidences.healthy()
                        .require(wanted -> wanted.storeRole(StoreRole.CACHE))
                        .judgedBy(rule))
                .isInstanceOf(Verdict.NotApplicable.class);
    }

    @Test
    void isOnlyWorthKnowingWhileNobodySaysWhatTheServerIs() {
        assertThat(Evidences.healthy()
                        .config("maxmemory-policy", "noeviction")
                        .foundBy(rule)
                        .finding()
                        .severity())
                .isEqualTo(Severity.INFO);
        assertThat(fires().foundBy(rule).finding().severity()).isEqualTo(Severity.CRITICAL);
    }

    @Test
    void acceptsEverysecWhereTwoSecondsMayBeLost() {
        assertThat(Evidences.healthy()
                        .config("appendonly", "yes")
                        .require(wanted -> wanted.rpo(Duration.ofSeconds(2)))
                        .judgedBy(rule))
                .isInstanceOf(Verdict.Healthy.class);
    }

    @Test
    void wantsAlwaysWhereNothingMayBeLost() {
        assertThat(Evidences.healthy()
                        .config("appendonly", "yes")
                        .require(wanted -> wanted.rpo(Duration.ZERO))
                        .foundBy(rule)
                        .remedies()
                        .getFirst()
                        .id())
                .isEqualTo("append-always");
    }
}
