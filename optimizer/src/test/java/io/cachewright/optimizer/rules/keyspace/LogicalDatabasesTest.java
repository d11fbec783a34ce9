package io.cachewright.optimizer.rules.keyspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.diagnose.Severity;
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
    void isNoMoreThanANote() {
        assertThat(fires().foundBy(new LogicalDatabases()).finding().severity()).isEqualTo(Severity.LOW);
    }
}
