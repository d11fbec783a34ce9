package io.cachewright.optimizer.rules.trading;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import org.junit.jupiter.api.Test;

class RoundTripPerWriteTest implements RuleFixtures {

    @Override
    public Evidences fires() {
        return Evidences.healthy()
                .command("set", 600_000, 1_200_000)
                .counter("total_commands_processed", 0, 640_000)
                .counter("total_reads_processed", 0, 630_000);
    }

    @Override
    public Evidences silent() {
        return fires().counter("total_reads_processed", 0, 80_000);
    }

    @Test
    void fewWritesAreNotWorthAPipeline() {
        assertThat(Evidences.healthy().judgedBy(new RoundTripPerWrite())).isInstanceOf(Verdict.NotApplicable.class);
    }
}
