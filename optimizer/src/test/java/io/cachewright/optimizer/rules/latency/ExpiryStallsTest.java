package io.cachewright.optimizer.rules.latency;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ExpiryStallsTest implements RuleFixtures {

    private final ExpiryStalls rule = new ExpiryStalls();

    @Override
    public Evidences fires() {
        return Evidences.healthy().latencyEvent("expire-cycle", Duration.ofMillis(24), Duration.ofMillis(24));
    }

    @Override
    public Evidences silent() {
        return Evidences.healthy();
    }

    @Test
    void computesHzFromTheBudget() {
        // A cycle may take 25 % of 1 s / hz: 5 ms need hz 50.
        Verdict.Found found = fires().require(wanted -> wanted.latencyBudget(Duration.ofMillis(5)))
                .foundBy(rule);

        assertThat(found.remedies().getFirst().changes().getFirst().outcome()).isEqualTo("50");
    }

    @Test
    void offersOnlyBackgroundFreeingOnceHzIsHigh() {
        assertThat(fires().config("hz", "100").foundBy(rule).remedies())
                .extracting(remedy -> remedy.id())
                .containsExactly("free-in-background");
    }
}
