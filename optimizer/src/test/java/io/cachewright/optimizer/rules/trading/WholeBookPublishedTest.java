package io.cachewright.optimizer.rules.trading;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WholeBookPublishedTest implements RuleFixtures {

    private final WholeBookPublished rule = new WholeBookPublished();

    @Override
    public Evidences fires() {
        return Evidences.healthy()
                .command("publish", 2_400, 90_000)
                .counter("total_commands_processed", 0, 6_000)
                .counter("total_net_input_bytes", 0, 2_400 * 65_536L + 600_000)
                .counter("total_net_output_bytes", 0, 3 * 2_400 * 65_536L)
                .client(Map.of("flags", "P", "sub", "1", "omem", "1048576"));
    }

    @Override
    public Evidences silent() {
        return fires().counter("total_net_input_bytes", 0, 1_200_000);
    }

    @Override
    public List<Evidences> firesToo() {
        return List.of(Evidences.healthy()
                .command("publish", 2_400, 90_000)
                .counter("total_commands_processed", 0, 6_000)
                .counter("total_net_input_bytes", 0, 2_400 * 65_536L + 600_000));
    }

    @Test
    void withoutSubscribersItIsLessGrave() {
        assertThat(fires().foundBy(rule).finding().severity()).isEqualTo(Severity.HIGH);
        assertThat(firesToo().getFirst().foundBy(rule).finding().severity()).isEqualTo(Severity.MEDIUM);
    }
}
