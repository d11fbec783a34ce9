package io.cachewright.optimizer.rules.trading;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.Keys;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import io.cachewright.optimizer.evidence.SampledKey;
import java.util.List;
import org.junit.jupiter.api.Test;

class UncappedCollectionTest implements RuleFixtures {

    private final UncappedCollection rule = new UncappedCollection();

    @Override
    public Evidences fires() {
        return Evidences.healthy()
                .keys(List.of(tape("tape:BTCUSDT", 90_000), tape("tape:ETHUSDT", 31_000)))
                .totalKeys(2)
                .command("xadd", 6_000, 30_000);
    }

    @Override
    public Evidences silent() {
        return Evidences.healthy()
                .keys(List.of(tape("tape:BTCUSDT", 10_090), tape("tape:ETHUSDT", 10_012)))
                .command("xadd", 6_000, 30_000);
    }

    @Override
    public List<Evidences> firesToo() {
        return List.of(Evidences.healthy()
                .keys(List.of(Keys.withoutTtl(Keys.of("events:7", "list", "quicklist", 5_000, 300_000))))
                .command("rpush", 6_000, 30_000));
    }

    @Test
    void aTapeWithALeaseEndsByItself() {
        Evidences leased = Evidences.healthy()
                .keys(List.of(Keys.of("tape:BTCUSDT", "stream", "stream", 90_000, 5_000_000)))
                .command("xadd", 6_000, 30_000);
        assertThat(leased.judgedBy(rule)).isInstanceOf(Verdict.Healthy.class);
    }

    @Test
    void aQueueThatIsDrainedIsNoTape() {
        assertThat(firesToo().getFirst().command("lpop", 5_900, 9_000).judgedBy(rule))
                .isInstanceOf(Verdict.Healthy.class);
    }

    private static SampledKey tape(String name, long length) {
        return Keys.withoutTtl(Keys.of(name, "stream", "stream", length, length * 57));
    }
}
