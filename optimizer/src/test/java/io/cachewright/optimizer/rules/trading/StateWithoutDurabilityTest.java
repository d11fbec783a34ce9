package io.cachewright.optimizer.rules.trading;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.Keys;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import io.cachewright.optimizer.requirements.Requirements.StoreRole;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class StateWithoutDurabilityTest implements RuleFixtures {

    private final StateWithoutDurability rule = new StateWithoutDurability();

    @Override
    public Evidences fires() {
        return Evidences.healthy()
                .config("maxmemory-policy", "noeviction")
                .key(Keys.withoutTtl(Keys.of("fix:DESK1:outSeqNum", "string", "int", 6, 56)));
    }

    @Override
    public Evidences silent() {
        return fires().config("appendonly", "yes").config("min-replicas-to-write", "1");
    }

    @Override
    public List<Evidences> firesToo() {
        return List.of(fires().config("appendonly", "yes"), fires().require(wanted -> wanted.rpo(Duration.ZERO)));
    }

    @Test
    void isGraveWhereNothingMayBeLost() {
        assertThat(fires().foundBy(rule).finding().severity()).isEqualTo(Severity.MEDIUM);
        assertThat(firesToo().getLast().foundBy(rule).finding().severity()).isEqualTo(Severity.HIGH);
    }

    @Test
    void aMirrorNeedsNoDurability() {
        assertThat(fires().require(wanted -> wanted.storeRole(StoreRole.CACHE)).judgedBy(rule))
                .isInstanceOf(Verdict.NotApplicable.class);
    }

    @Test
    void aSecondMayBeLostWhereThatIsAllowed() {
        assertThat(fires().config("appendonly", "yes")
                        .require(wanted -> wanted.rpo(Duration.ofSeconds(2)))
                        .judgedBy(rule))
                .isInstanceOf(Verdict.Healthy.class);
    }
}
