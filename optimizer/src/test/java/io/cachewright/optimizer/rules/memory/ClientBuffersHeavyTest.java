package io.cachewright.optimizer.rules.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClientBuffersHeavyTest implements RuleFixtures {

    private final ClientBuffersHeavy rule = new ClientBuffersHeavy();

    @Override
    public Evidences fires() {
        return Evidences.healthy().client(Map.of("cmd", "zrange", "tot-mem", "200000000", "omem", "199000000"));
    }

    @Override
    public Evidences silent() {
        return Evidences.healthy();
    }

    @Test
    void namesTheWorstClientAndLimitsAllOfThem() {
        Verdict.Found found = fires().foundBy(rule);

        assertThat(found.finding().seen().getLast().text())
                .contains("127.0.0.1:40009")
                .contains("zrange");
        assertThat(found.remedies().getFirst().changes().getFirst().outcome()).isEqualTo("5%");
        assertThat(found.finding().severity()).isEqualTo(Severity.MEDIUM);
    }

    @Test
    void leavesBuffersOfReplicasToReplication() {
        assertThat(Evidences.healthy()
                        .client(Map.of("flags", "S", "tot-mem", "200000000"))
                        .judgedBy(rule))
                .isInstanceOf(Verdict.Healthy.class);
    }

    @Test
    void ignoresTheConnectionsOfAnEmptyServer() {
        assertThat(Evidences.healthy()
                        .config("maxmemory", "0")
                        .info("used_memory", 1_000_000)
                        .judgedBy(rule))
                .isInstanceOf(Verdict.Healthy.class);
    }

    @Test
    void offersNoLimitWhereThisVersionHasNone() {
        assertThat(fires().withoutConfig("maxmemory-clients").foundBy(rule).remedies())
                .isEmpty();
    }
}
