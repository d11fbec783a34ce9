package io.cachewright.optimizer.rules.latency;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import org.junit.jupiter.api.Test;

class SlowClockSourceTest implements RuleFixtures {

    private final SlowClockSource rule = new SlowClockSource();

    @Override
    public Evidences fires() {
        return Evidences.healthy().host(host -> host.clockSource("xen"));
    }

    @Override
    public Evidences silent() {
        return Evidences.healthy();
    }

    @Test
    void acceptsTheClockOfAKvmGuest() {
        assertThat(Evidences.healthy()
                        .host(host -> host.clockSource("kvm-clock"))
                        .judgedBy(rule))
                .isInstanceOf(Verdict.Healthy.class);
    }
}
