package io.cachewright.optimizer.rules.latency;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import org.junit.jupiter.api.Test;

class MainThreadBusyTest implements RuleFixtures {

    private final MainThreadBusy rule = new MainThreadBusy();

    @Override
    public Evidences fires() {
        return Evidences.healthy(Evidences.VALKEY_8_1)
                .counter("eventloop_duration_sum", 1_000_000, 1_000_000 + 48_000_000);
    }

    @Override
    public Evidences silent() {
        return Evidences.healthy();
    }

    @Test
    void countsCpuOfTheMainThreadWhereTheEventLoopIsNotCounted() {
        assertThat(Evidences.healthy()
                        .info("used_cpu_user_main_thread", "100.0", "140.0")
                        .info("used_cpu_sys_main_thread", "50.0", "66.0")
                        .foundBy(rule)
                        .finding()
                        .severity())
                .isEqualTo(Severity.HIGH);
    }

    @Test
    void looksAheadToTheRequiredPeak() {
        // 20 % busy at about 730 commands a second is 82 % at 3,000.
        Evidences calm = Evidences.healthy(Evidences.VALKEY_8_1)
                .counter("eventloop_duration_sum", 0, 12_000_000)
                .require(wanted -> wanted.peakOpsPerSecond(3_000));

        assertThat(calm.foundBy(rule).finding().severity()).isEqualTo(Severity.MEDIUM);
    }

    @Test
    void offersIoThreadsOnlyWhereThereAreCoresForThem() {
        assertThat(fires().foundBy(rule).remedies()).hasSize(1);
        assertThat(fires().host(host -> host.cores(2)).foundBy(rule).remedies()).isEmpty();
    }

    @Test
    void offersNoIoThreadsWhenTheTimeIsSpentInCommands() {
        assertThat(fires().command("eval", 1_000, 47_000_000).foundBy(rule).remedies())
                .isEmpty();
    }
}
