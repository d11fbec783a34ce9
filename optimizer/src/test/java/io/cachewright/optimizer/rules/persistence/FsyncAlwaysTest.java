package io.cachewright.optimizer.rules.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FsyncAlwaysTest implements RuleFixtures {

    private final FsyncAlways rule = new FsyncAlways();

    @Override
    public Evidences fires() {
        return Evidences.healthy().config("appendonly", "yes").config("appendfsync", "always");
    }

    @Override
    public Evidences silent() {
        return fires().require(wanted -> wanted.rpo(Duration.ZERO));
    }

    @Test
    void isRightWhereNothingMayBeLost() {
        assertThat(silent().judgedBy(rule)).isInstanceOf(Verdict.Healthy.class);
    }

    @Test
    void isAWasteWhereFiveSecondsMayBeLost() {
        Verdict.Found found =
                fires().require(wanted -> wanted.rpo(Duration.ofSeconds(5))).foundBy(rule);

        assertThat(found.finding().severity()).isEqualTo(Severity.MEDIUM);
        assertThat(found.remedies())
                .extracting(remedy -> remedy.id())
                .containsExactly("fsync-every-second", "group-commit");
    }
}
