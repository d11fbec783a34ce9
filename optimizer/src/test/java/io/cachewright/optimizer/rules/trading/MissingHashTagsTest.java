package io.cachewright.optimizer.rules.trading;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import java.util.List;
import org.junit.jupiter.api.Test;

class MissingHashTagsTest implements RuleFixtures {

    private final MissingHashTags rule = new MissingHashTags();

    @Override
    public Evidences fires() {
        return Evidences.healthy()
                .info("errorstat_CROSSSLOT", "count=5", "count=905")
                .info("cluster_enabled", 1);
    }

    @Override
    public Evidences silent() {
        return Evidences.healthy();
    }

    @Override
    public List<Evidences> firesToo() {
        return List.of(Evidences.healthy().info("cluster_enabled", 1));
    }

    @Test
    void namesAloneAreAHintOnly() {
        assertThat(firesToo().getFirst().foundBy(rule).finding().severity()).isEqualTo(Severity.LOW);
    }
}
