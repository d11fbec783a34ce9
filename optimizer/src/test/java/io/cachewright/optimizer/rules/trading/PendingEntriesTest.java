package io.cachewright.optimizer.rules.trading;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.Keys;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import io.cachewright.optimizer.rules.Values;
import java.util.List;
import org.junit.jupiter.api.Test;

class PendingEntriesTest implements RuleFixtures {

    private final PendingEntries rule = new PendingEntries();

    @Override
    public Evidences fires() {
        return withPending(40).command("xreadgroup", 600, 6_000);
    }

    @Override
    public Evidences silent() {
        return withPending(40).command("xreadgroup", 600, 6_000).command("xack", 600, 600);
    }

    @Override
    public List<Evidences> firesToo() {
        return List.of(withPending(50_000).command("xreadgroup", 600, 6_000).command("xack", 500, 600));
    }

    @Test
    void someInFlightAreNormal() {
        assertThat(silent().judgedBy(rule)).isInstanceOf(Verdict.Healthy.class);
    }

    private static Evidences withPending(long pending) {
        return Evidences.healthy()
                .key(Keys.withValue(
                        Keys.of("orders:events", "stream", "stream", 90_000, 5_000_000),
                        Values.sound().stream(90_000, 1, pending, 0).facts()));
    }
}
