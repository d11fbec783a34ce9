package io.cachewright.optimizer.rules.latency;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiskStallsTest implements RuleFixtures {

    private final DiskStalls rule = new DiskStalls();

    @Override
    public Evidences fires() {
        return Evidences.healthy()
                .config("appendonly", "yes")
                .latencyEvent("aof-write-pending-fsync", Duration.ofMillis(80), Duration.ofMillis(80));
    }

    @Override
    public Evidences silent() {
        return Evidences.healthy().config("appendonly", "yes");
    }

    @Override
    public List<Evidences> firesToo() {
        return List.of(fires().config("appendfsync", "always"));
    }

    @Test
    void namesTheSettingThatFitsTheCause() {
        assertThat(fires().foundBy(rule).remedies().getFirst().id()).isEqualTo("no-fsync-on-rewrite");
        assertThat(fires().config("appendfsync", "always")
                        .foundBy(rule)
                        .remedies()
                        .getFirst()
                        .id())
                .isEqualTo("fsync-every-second");
    }

    @Test
    void doesNotApplyWithoutAnAof() {
        assertThat(fires().config("appendonly", "no").judgedBy(rule)).isInstanceOf(Verdict.NotApplicable.class);
    }
}
