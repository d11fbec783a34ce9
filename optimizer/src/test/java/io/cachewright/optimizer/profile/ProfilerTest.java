package io.cachewright.optimizer.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cachewright.domain.Reading;
import io.cachewright.optimizer.evidence.Evidence;
import io.cachewright.optimizer.evidence.InfoSnapshot;
import io.cachewright.optimizer.evidence.InfoWindow;
import io.cachewright.optimizer.evidence.KeyspaceSample;
import io.cachewright.optimizer.evidence.NodeEvidence;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProfilerTest {

    private static final Instant START = Instant.parse("2026-11-20T14:30:00Z");

    @Test
    void ratesAreOfTheWindowAndNeverSinceTheStart() {
        WorkloadProfile profile = profile(
                Map.of("cmdstat_get", "calls=1000000,usec=9000000,rejected_calls=0,failed_calls=3"),
                Map.of("cmdstat_get", "calls=1000500,usec=9001000,rejected_calls=0,failed_calls=3"));
        CommandRate get = profile.command("get").orElseThrow();
        assertThat(get.callsPerSecond()).isEqualTo(50.0);
        assertThat(get.microsPerCall()).isEqualTo(2.0);
        assertThat(get.failedPerSecond()).isZero();
        assertThat(profile.callsPerSecond("set")).isEqualTo(Reading.known(0.0));
    }

    @Test
    void hitRatioIsOfTheWindow() {
        WorkloadProfile profile = profile(
                Map.of("keyspace_hits", "1000", "keyspace_misses", "900000"),
                Map.of("keyspace_hits", "1090", "keyspace_misses", "900010"));
        assertThat(profile.hitRatio()).isEqualTo(Reading.known(0.9));
    }

    @Test
    void hitRatioIsUnknownWhenNothingWasLookedUp() {
        WorkloadProfile profile = profile(
                Map.of("keyspace_hits", "5", "keyspace_misses", "5"),
                Map.of("keyspace_hits", "5", "keyspace_misses", "5"));
        assertThat(profile.hitRatio().isKnown()).isFalse();
    }

    @Test
    void commandsRunByScriptsAreNotCountedTwice() {
        WorkloadProfile profile = profile(
                Map.of(),
                Map.of(
                        "cmdstat_evalsha", "calls=100,usec=2000000",
                        "cmdstat_hset", "calls=300,usec=1000000",
                        "cmdstat_get", "calls=100,usec=1000000"));
        assertThat(profile.busyShare().orElse(0.0)).isCloseTo(0.2, within(1e-9));
        assertThat(profile.writeShare()).isEqualTo(Reading.known(0.75));
    }

    @Test
    void busyShareIsTheEventLoopsOwnWhereTheVersionHasIt() {
        WorkloadProfile profile = profile(
                Map.of("eventloop_duration_cmd_sum", "100"),
                Map.of("eventloop_duration_cmd_sum", "5000100", "cmdstat_get", "calls=1,usec=1"));
        assertThat(profile.busyShare()).isEqualTo(Reading.known(0.5));
    }

    @Test
    void subcommandsWriteOrReadByThemselves() {
        WorkloadProfile profile = profile(
                Map.of(), Map.of("cmdstat_xgroup|create", "calls=1,usec=5", "cmdstat_config|get", "calls=3,usec=5"));
        assertThat(profile.writeShare()).isEqualTo(Reading.known(0.25));
    }

    @Test
    void oneReadingGivesNoRates() {
        WorkloadProfile profile = new Profiler()
                .profile(evidence(new InfoWindow(List.of(snapshot(0, Map.of("cmdstat_get", "calls=1,usec=1"))))));
        assertThat(profile.commands().missing())
                .hasValueSatisfying(reason -> assertThat(reason).contains("once"));
        assertThat(profile.busyShare().isKnown()).isFalse();
    }

    @Test
    void aResetWithinTheWindowMakesRatesUnknown() {
        WorkloadProfile profile =
                profile(Map.of("cmdstat_get", "calls=10,usec=10"), Map.of("cmdstat_get", "calls=2,usec=2"));
        assertThat(profile.commands().missing()).isPresent();
    }

    @Test
    void keysAreThoseOfAllDatabases() {
        WorkloadProfile profile =
                profile(Map.of(), Map.of("db0", "keys=12,expires=0,avg_ttl=0", "db3", "keys=30,expires=0,avg_ttl=0"));
        assertThat(profile.totalKeys()).isEqualTo(Reading.known(42L));
    }

    @Test
    void sameEvidenceSameProfile() {
        Evidence evidence = evidence(window(Map.of(), Map.of("cmdstat_get", "calls=1,usec=1")));
        assertThat(new Profiler().profile(evidence)).isEqualTo(new Profiler().profile(evidence));
    }

    private static WorkloadProfile profile(Map<String, String> before, Map<String, String> after) {
        return new Profiler().profile(evidence(window(before, after)));
    }

    private static InfoWindow window(Map<String, String> before, Map<String, String> after) {
        return new InfoWindow(List.of(snapshot(0, before), snapshot(10, after)));
    }

    private static InfoSnapshot snapshot(long second, Map<String, String> fields) {
        Map<String, String> all = new HashMap<>(fields);
        all.put("run_id", "abc");
        Instant at = START.plus(Duration.ofSeconds(second));
        return new InfoSnapshot(at, at, all);
    }

    private static Evidence evidence(InfoWindow window) {
        KeyspaceSample sample = Keys.sample(List.of("a", "b"));
        return new Evidence(
                "redis://test",
                "test",
                START,
                START.plusSeconds(10),
                List.of(new NodeEvidence(
                        "127.0.0.1:6379",
                        missing(),
                        Reading.known(window),
                        missing(),
                        missing(),
                        missing(),
                        missing(),
                        missing(),
                        missing(),
                        missing(),
                        missing(),
                        missing(),
                        missing(),
                        Reading.known(sample),
                        missing(),
                        missing())),
                List.of());
    }

    private static <T> Reading<T> missing() {
        return Reading.unavailable(Reading.Cause.NOT_COLLECTED, "not part of this test");
    }
}
