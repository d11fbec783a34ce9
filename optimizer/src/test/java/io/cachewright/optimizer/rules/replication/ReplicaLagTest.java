package io.cachewright.optimizer.rules.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import org.junit.jupiter.api.Test;

class ReplicaLagTest implements RuleFixtures {

    private static final long MB = 1L << 20;

    private final ReplicaLag rule = new ReplicaLag();

    @Override
    public Evidences fires() {
        return Evidences.healthy()
                .counter("master_repl_offset", 1_000 * MB, 1_600 * MB)
                .info("slave0", replica(1_540 * MB, 1));
    }

    @Override
    public Evidences silent() {
        return Evidences.healthy();
    }

    @Test
    void judgesBytesByTheRateOfWritesAndNotByTheirNumber() {
        // 60 MB at 10 MB/s are 6 s; at 100 MB/s they are less than the second between two acknowledgements.
        assertThat(fires().foundBy(rule).finding().severity()).isEqualTo(Severity.MEDIUM);
        assertThat(Evidences.healthy()
                        .counter("master_repl_offset", 1_000 * MB, 7_000 * MB)
                        .info("slave0", replica(6_940 * MB, 1))
                        .judgedBy(rule))
                .isInstanceOf(Verdict.Healthy.class);
    }

    @Test
    void seesAReplicaThatFellSilent() {
        assertThat(Evidences.healthy()
                        .info("slave0", replica(282_328_074, 15))
                        .foundBy(rule)
                        .finding()
                        .severity())
                .isEqualTo(Severity.HIGH);
    }

    @Test
    void readsTheStateThatValkeyAdds() {
        assertThat(Evidences.healthy(Evidences.VALKEY_8_1).judgedBy(rule)).isInstanceOf(Verdict.Healthy.class);
    }

    private static String replica(long offset, int lag) {
        return "ip=127.0.0.1,port=6380,state=online,offset=%d,lag=%d".formatted(offset, lag);
    }
}
