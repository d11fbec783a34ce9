package io.cachewright.optimizer.rules.latency;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.domain.Engine;
import io.cachewright.domain.ServerVersion;
import io.cachewright.optimizer.advice.Change;
import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import org.junit.jupiter.api.Test;

class IoThreadsBeyondCoresTest implements RuleFixtures {

    private final IoThreadsBeyondCores rule = new IoThreadsBeyondCores();

    @Override
    public Evidences fires() {
        return Evidences.healthy().config("io-threads", "8").host(host -> host.cores(2));
    }

    @Override
    public Evidences silent() {
        return Evidences.healthy().config("io-threads", "4");
    }

    @Test
    void needsARestartBeforeValkeyNine() {
        assertThat(restart(fires())).isEqualTo(Change.Restart.NEEDED);
        assertThat(restart(Evidences.healthy(new ServerVersion(Engine.VALKEY, 9, 0, 0))
                        .config("io-threads", "8")
                        .host(host -> host.cores(2))))
                .isEqualTo(Change.Restart.NOT_NEEDED);
    }

    @Test
    void isGraveBeyondTheCores() {
        assertThat(fires().foundBy(rule).finding().severity()).isEqualTo(Severity.HIGH);
        assertThat(fires().judgedBy(rule)).isNotInstanceOf(Verdict.Healthy.class);
    }

    private Change.Restart restart(Evidences evidences) {
        return ((Change.SetParameter)
                        evidences.foundBy(rule).remedies().getFirst().changes().getFirst())
                .restart();
    }
}
