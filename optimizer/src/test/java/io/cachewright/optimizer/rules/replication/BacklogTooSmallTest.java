package io.cachewright.optimizer.rules.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.advice.Change;
import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import org.junit.jupiter.api.Test;

class BacklogTooSmallTest implements RuleFixtures {

    private static final long MB = 1L << 20;

    private final BacklogTooSmall rule = new BacklogTooSmall();

    @Override
    public Evidences fires() {
        return Evidences.healthy().config("repl-backlog-size", "1048576").counter("master_repl_offset", 0, 120 * MB);
    }

    @Override
    public Evidences silent() {
        return fires().config("repl-backlog-size", Long.toString(512 * MB));
    }

    @Test
    void computesTheSizeFromTheWritesOfTheWindow() {
        // 2 MB/s for 60 s, twice over.
        assertThat(fires().foundBy(rule).remedies().getFirst().changes())
                .extracting(Change::outcome)
                .containsExactly(Long.toString(240 * MB));
        assertThat(fires().foundBy(rule).finding().severity()).isEqualTo(Severity.MEDIUM);
    }

    @Test
    void acceptsTheDefaultOnAQuietServer() {
        assertThat(fires().counter("master_repl_offset", 0, 60_000).judgedBy(rule))
                .isInstanceOf(Verdict.Healthy.class);
    }
}
