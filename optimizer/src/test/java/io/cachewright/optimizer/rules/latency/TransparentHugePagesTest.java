package io.cachewright.optimizer.rules.latency;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import org.junit.jupiter.api.Test;

class TransparentHugePagesTest implements RuleFixtures {

    private final TransparentHugePages rule = new TransparentHugePages();

    @Override
    public Evidences fires() {
        return Evidences.healthy().config("disable-thp", "no").host(host -> host.transparentHugePages("always"));
    }

    @Override
    public Evidences silent() {
        return fires().host(host -> host.transparentHugePages("madvise"));
    }

    @Test
    void leavesAServerAloneThatOptedOutByItself() {
        assertThat(fires().config("disable-thp", "yes").judgedBy(rule)).isInstanceOf(Verdict.Healthy.class);
    }

    @Test
    void doesNotMatterToAServerThatNeverForks() {
        assertThat(fires().info("connected_slaves", 0).judgedBy(rule)).isInstanceOf(Verdict.NotApplicable.class);
    }
}
