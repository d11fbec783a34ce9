package io.cachewright.optimizer.rules.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SnapshotsUnderLoadTest implements RuleFixtures {

    private final SnapshotsUnderLoad rule = new SnapshotsUnderLoad();

    @Override
    public Evidences fires() {
        return Evidences.healthy()
                .config("save", "3600 1 300 100 60 10000")
                .info("latest_fork_usec", 25_000)
                .counter("rdb_changes_since_last_save", 1_000, 61_000);
    }

    @Override
    public Evidences silent() {
        return fires().counter("rdb_changes_since_last_save", 1_000, 1_006).config("save", "3600 1");
    }

    @Test
    void saysThatTheDefaultForksOnceAMinute() {
        assertThat(fires().foundBy(rule).finding().seen().getFirst().text()).contains("every 1m");
    }

    @Test
    void isOnlyWorthKnowingWhileForksAreShort() {
        assertThat(fires().foundBy(rule).finding().severity()).isEqualTo(Severity.MEDIUM);
        assertThat(fires().info("latest_fork_usec", 400).foundBy(rule).finding().severity())
                .isEqualTo(Severity.INFO);
        assertThat(fires().info("latest_fork_usec", 400)
                        .require(wanted -> wanted.latencyBudget(Duration.ofNanos(200_000)))
                        .foundBy(rule)
                        .finding()
                        .severity())
                .isEqualTo(Severity.MEDIUM);
    }

    @Test
    void findsTheRateThoughASnapshotResetTheCount() {
        assertThat(fires().counter("rdb_changes_since_last_save", 9_000, 10).judgedBy(rule))
                .isNotInstanceOf(Verdict.Unknown.class);
    }
}
