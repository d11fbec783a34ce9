package io.cachewright.optimizer.rules.latency;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlowCommandsTest implements RuleFixtures {

    private final SlowCommands rule = new SlowCommands();

    @Override
    public Evidences fires() {
        return Evidences.healthy()
                .slow(Duration.ofMillis(45), "ZRANGE", "md:AAPL:bids", "<1 byte>")
                .slow(Duration.ofMillis(12), "HGETALL", "ref:AAPL");
    }

    @Override
    public Evidences silent() {
        return Evidences.healthy().slow(Duration.ofMillis(9), "ZRANGE", "md:AAPL:bids");
    }

    @Override
    public List<Evidences> firesToo() {
        return List.of(Evidences.healthy().slow(Duration.ofMillis(300), "DEL", "md:AAPL:tape"));
    }

    @Test
    void ignoresWhatHappenedBeforeTheWindow() {
        assertThat(Evidences.healthy()
                        .slow(Duration.ofSeconds(3), false, "KEYS", "*")
                        .judgedBy(rule))
                .isInstanceOf(Verdict.Healthy.class);
    }

    @Test
    void ignoresWhatTheLookAtTheServerItselfSent() {
        assertThat(Evidences.healthy().slow(Duration.ofMillis(40), "SCAN", "0").judgedBy(rule))
                .isInstanceOf(Verdict.Healthy.class);
    }

    @Test
    void measuresByTheBudget() {
        assertThat(fires().foundBy(rule).finding().severity()).isEqualTo(Severity.MEDIUM);
        assertThat(fires().require(wanted -> wanted.latencyBudget(Duration.ofMillis(1)))
                        .foundBy(rule)
                        .finding()
                        .severity())
                .isEqualTo(Severity.HIGH);
    }
}
