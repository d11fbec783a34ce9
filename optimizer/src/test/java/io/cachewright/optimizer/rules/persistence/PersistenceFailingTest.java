package io.cachewright.optimizer.rules.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.advice.Remedy;
import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import io.cachewright.optimizer.requirements.Requirements.StoreRole;
import org.junit.jupiter.api.Test;

class PersistenceFailingTest implements RuleFixtures {

    private final PersistenceFailing rule = new PersistenceFailing();

    @Override
    public Evidences fires() {
        return Evidences.healthy().config("save", "900 1").info("rdb_last_bgsave_status", "err");
    }

    @Override
    public Evidences silent() {
        return Evidences.healthy();
    }

    @Test
    void isCriticalWhenWritesAreRefused() {
        assertThat(fires().foundBy(rule).finding().severity()).isEqualTo(Severity.CRITICAL);
        assertThat(fires().config("stop-writes-on-bgsave-error", "no")
                        .foundBy(rule)
                        .finding()
                        .severity())
                .isEqualTo(Severity.HIGH);
        assertThat(fires().config("save", "").foundBy(rule))
                .extracting(Verdict.Found::finding)
                .isNotNull();
    }

    @Test
    void dropsSnapshotsOnlyOfACache() {
        assertThat(fires().foundBy(rule).remedies()).extracting(Remedy::id).contains("no-snapshots");
        assertThat(fires().require(wanted -> wanted.storeRole(StoreRole.SYSTEM_OF_RECORD))
                        .foundBy(rule)
                        .remedies())
                .extracting(Remedy::id)
                .containsExactly("keep-writing");
    }
}
