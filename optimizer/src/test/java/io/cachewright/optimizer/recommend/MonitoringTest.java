package io.cachewright.optimizer.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.optimizer.diagnose.Finding;
import io.cachewright.optimizer.diagnose.Rule;
import io.cachewright.optimizer.diagnose.Severity;
import io.cachewright.optimizer.diagnose.testkit.Evidences;
import io.cachewright.optimizer.evidence.Evidence;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MonitoringTest {

    @Test
    void alertsAtHalfOfTheRateThatWasSeen() {
        Evidence evidence =
                Evidences.healthy().counter("evicted_keys", 1_000, 61_000).evidence();

        assertThat(alert("LAT-07", evidence)).contains("rate(redis_evicted_keys_total[5m]) > 500");
    }

    @Test
    void alertsAtOnceWhereSomethingMustNotHappen() {
        assertThat(alert("TRD-K1", Evidences.healthy().evidence()))
                .contains("rate(redis_commands_total{cmd=\"keys\"}[5m]) > 0");
    }

    @Test
    void alertsHalfWayToALimit() {
        Evidence evidence = Evidences.healthy()
                .info("connected_clients", 600)
                .config("maxclients", "1000")
                .evidence();

        assertThat(alert("CON-01", evidence)).contains("redis_connected_clients > 800");
    }

    @Test
    void hasNothingToWatchWhereTheNumberIsMissing() {
        Evidence evidence =
                Evidences.healthy().withoutInfo("mem_fragmentation_ratio").evidence();

        assertThat(alert("MEM-05", evidence)).isEmpty();
        assertThat(alert("TRD-N2", evidence)).isEmpty();
    }

    @Test
    void watchesOnlyRulesThatExist() {
        Set<String> rules = ServiceLoader.load(Rule.class).stream()
                .map(provider -> provider.get().card().id())
                .collect(Collectors.toSet());

        assertThat(rules).containsAll(Monitoring.watchedRules());
    }

    private static Optional<String> alert(String ruleId, Evidence evidence) {
        Finding finding = Advised.found(ruleId, Severity.HIGH).finding();
        return Monitoring.forFinding(finding, evidence).map(MonitoringQuery::alert);
    }
}
