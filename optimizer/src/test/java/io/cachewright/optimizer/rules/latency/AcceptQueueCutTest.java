package io.cachewright.optimizer.rules.latency;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import org.junit.jupiter.api.Test;

class AcceptQueueCutTest implements RuleFixtures {

    private final AcceptQueueCut rule = new AcceptQueueCut();

    @Override
    public Evidences fires() {
        return Evidences.healthy().host(host -> host.somaxconn(128)).info("connected_clients", 900);
    }

    @Override
    public Evidences silent() {
        return Evidences.healthy();
    }

    @Test
    void doesNotMatterWhileAllClientsFitTheQueue() {
        assertThat(fires().info("connected_clients", 100).judgedBy(rule)).isInstanceOf(Verdict.Healthy.class);
    }
}
