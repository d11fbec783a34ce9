package io.cachewright.optimizer.rules.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.advice.Change;
import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FragmentationTest implements RuleFixtures {

    private static final long MB = 1L << 20;

    private final Fragmentation rule = new Fragmentation();

    @Override
    public Evidences fires() {
        return Evidences.healthy()
                .info("mem_allocator", "jemalloc-5.2.1")
                .info("used_memory", 1000 * MB)
                .info("allocator_frag_bytes", 400 * MB);
    }

    @Override
    public Evidences silent() {
        return Evidences.healthy();
    }

    @Override
    public List<Evidences> firesToo() {
        return List.of(
                fires().info("allocator_frag_bytes", 0)
                        .info("allocator_rss_bytes", 600 * MB)
                        .config("jemalloc-bg-thread", "no"),
                Evidences.healthy(Evidences.VALKEY_8_1)
                        .info("used_memory", 1000 * MB)
                        .info("allocator_frag_bytes", 600 * MB));
    }

    @Test
    void abstainsOnLittleDataWhateverTheRatioSays() {
        assertThat(fires().info("used_memory", 20 * MB)
                        .info("mem_fragmentation_ratio", "3.10")
                        .judgedBy(rule))
                .isInstanceOf(Verdict.NotApplicable.class);
    }

    @Test
    void judgesWasteByTheDataAndNotByAFixedNumberOfMegabytes() {
        // MEMORY DOCTOR complains from 10 MB and a ratio of 1.1 on; on 100 GB of data 2 GB are nothing.
        assertThat(fires().info("used_memory", 100_000 * MB)
                        .info("allocator_frag_bytes", 2_000 * MB)
                        .judgedBy(rule))
                .isInstanceOf(Verdict.Healthy.class);
    }

    @Test
    void boundsOneCycleOfDefragmentationByTheLatencyBudget() {
        // A cycle at hz 10 takes 1 ms a percent: 2 ms allow 2 %, not the 25 % of the default.
        List<Change> changes = fires().require(wanted -> wanted.latencyBudget(Duration.ofMillis(2)))
                .foundBy(rule)
                .remedies()
                .getFirst()
                .changes();

        assertThat(changes).extracting(Change::outcome).containsExactly("yes", "2");
    }

    @Test
    void isGraverWithHalfAsMuchWasteAsData() {
        assertThat(fires().foundBy(rule).finding().severity()).isEqualTo(Severity.LOW);
        assertThat(fires().info("allocator_frag_bytes", 600 * MB)
                        .foundBy(rule)
                        .finding()
                        .severity())
                .isEqualTo(Severity.MEDIUM);
    }

    @Test
    void hasNoRemedyWithoutJemalloc() {
        assertThat(fires().info("mem_allocator", "libc").foundBy(rule).remedies())
                .isEmpty();
    }

    @Test
    void doesNotOfferDefragmentationToTheBuildOfADistribution() {
        assertThat(fires().info("mem_allocator", "jemalloc-5.3.0").foundBy(rule).remedies())
                .isEmpty();
    }
}
