package io.cachewright.optimizer.rules.keyspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.diagnose.Need;
import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.Verdict;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.diagnose.testkit.RuleFixtures;
import org.junit.jupiter.api.Test;

class LogicalDatabasesTest implements RuleFixtures {

    @Override
    public Evidences fires() {
        return Evidences.healthy().info("db3", "keys=17,expires=0,avg_ttl=0");
    }

    @Override
    public Evidences silent() {
        return Evidences.healthy();
    }

    @Test
    void aKeyspaceReadWholeTellsItsDatabasesWithoutInfo() {
        Evidences whole = Evidences.healthy().scanComplete().without(Need.INFO);
        assertThat(whole.judgedBy(new LogicalDatabases()))
                .isEqualTo(new Verdict.Healthy("1 logical database holds keys"));
    }

    @Test
    void isNoMoreThanANote() {
        assertThat(fires().foundBy(new LogicalDatabases()).finding().severity()).isEqualTo(Severity.LOW);
    }
}
