package io.cachewright.optimizer.rules.latency;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ForkStallTest implements RuleFixtures {

    private final ForkStall rule = new ForkStall();

    @Override
    public Evidences fires() {
        return Evidences.healthy()
                .info("latest_fork_usec", 150_000)
                .config("save", "3600 1 300 100")
                .config("appendonly", "yes");
    }

    @Override
    public Evidences silent() {
        return fires().info("latest_fork_usec", 3_000);
    }

    @Override
    public java.util.List<Evidences> firesToo() {
        return java.util.List.of(fires().info("connected_slaves", 0));
    }

    @Test
    void measuresTheStallByTheLatencyBudget() {
        assertThat(fires().foundBy(rule).finding().severity()).isEqualTo(Severity.MEDIUM);
        assertThat(fires().require(wanted -> wanted.latencyBudget(Duration.ofMillis(1)))
                        .foundBy(rule)
                        .finding()
                        .severity())
                .isEqualTo(Severity.HIGH);
        assertThat(fires().require(wanted -> wanted.latencyBudget(Duration.ofMillis(200)))
                        .judgedBy(rule))
                .isInstanceOf(Verdict.Healthy.class);
    }

    @Test
    void tellsTwoMillisecondsFromTwoSeconds() {
        // LATENCY DOCTOR says the same words for both.
        assertThat(fires().info("latest_fork_usec", 2_000_000)
                        .foundBy(rule)
                        .finding()
                        .seen()
                        .getFirst()
                        .text())
                .contains("2s")
                .contains("GB/s");
    }

    @Test
    void doesNotMatterOnAServerThatForksNoMore() {
        assertThat(fires().config("save", "")
                        .config("appendonly", "no")
                        .info("connected_slaves", 0)
                        .judgedBy(rule))
                .isInstanceOf(Verdict.NotApplicable.class);
    }
}
