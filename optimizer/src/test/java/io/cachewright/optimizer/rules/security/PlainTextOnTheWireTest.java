package io.cachewright.optimizer.rules.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import io.cachewright.optimizer.requirements.Requirements.Regime;
import org.junit.jupiter.api.Test;

class PlainTextOnTheWireTest implements RuleFixtures {

    private final PlainTextOnTheWire rule = new PlainTextOnTheWire();

    @Override
    public Evidences fires() {
        return Evidences.healthy().config("bind", "10.0.0.5").config("protected-mode", "no");
    }

    @Override
    public Evidences silent() {
        return Evidences.healthy();
    }

    @Test
    void isGraverUnderRegulation() {
        assertThat(fires().foundBy(rule).finding().severity()).isEqualTo(Severity.MEDIUM);
        assertThat(fires().require(wanted -> wanted.regimes(Regime.DORA))
                        .foundBy(rule)
                        .finding()
                        .severity())
                .isEqualTo(Severity.HIGH);
        assertThat(fires().require(wanted -> wanted.regimes(Regime.NONE))
                        .foundBy(rule)
                        .finding()
                        .severity())
                .isEqualTo(Severity.MEDIUM);
    }

    @Test
    void acceptsAServerThatServesOnlyTls() {
        assertThat(fires().config("port", "0").config("tls-port", "6379").judgedBy(rule))
                .isInstanceOf(Verdict.Healthy.class);
    }
}
