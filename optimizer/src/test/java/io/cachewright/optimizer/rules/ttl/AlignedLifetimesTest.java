package io.cachewright.optimizer.rules.ttl;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.Keys;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import io.cachewright.optimizer.evidence.SampledKey;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AlignedLifetimesTest implements RuleFixtures {

    private final AlignedLifetimes rule = new AlignedLifetimes();

    @Override
    public Evidences fires() {
        return profiles(_ -> Duration.ofMillis(3_600_400));
    }

    @Override
    public Evidences silent() {
        return profiles(i -> Duration.ofSeconds(3_000 + 20L * i));
    }

    /// Each update renews a lease, so all are seen at their full length, and none ends.
    @Test
    void renewedLeasesAreNoStorm() {
        assertThat(profiles(_ -> Duration.ofMillis(29_900)).judgedBy(rule)).isInstanceOf(Verdict.Healthy.class);
    }

    @Test
    void estimatesTheKeysOfTheWholeKeyspace() {
        assertThat(fires().foundBy(rule).finding().seen().getFirst().text()).contains("about 100,000 keys");
    }

    private static Evidences profiles(IntFunction<Duration> left) {
        List<SampledKey> keys = IntStream.range(0, 100)
                .mapToObj(i ->
                        Keys.withTtl(Keys.of("profile:" + (10_000 + i), "hash", "listpack", 6, 200), left.apply(i)))
                .toList();
        return Evidences.healthy().keys(keys).totalKeys(100_000);
    }
}
