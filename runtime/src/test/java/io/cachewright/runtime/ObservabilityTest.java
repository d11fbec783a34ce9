package io.cachewright.runtime;

import static io.cachewright.runtime.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachewright.runtime.coherence.LinkState;
import io.cachewright.runtime.metrics.CachewrightMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an operator sees of a link that is cut.
class ObservabilityTest {

    private static void cut(FaultRun<World.Single> run) throws InterruptedException {
        run.awaitNear();
        run.world.proxy.sever();
        eventually(() -> run.client.linkState() != LinkState.LIVE);
        run.pass(FaultRun.BOUND.toMillis() + 50);
    }

    private static void assertRefused(FaultRun<World.Single> run) {
        assertThatThrownBy(() -> run.cacheOf("refusing:0").get("refusing:0"))
                .isInstanceOf(CacheException.Refused.class);
    }

    @Test
    void healthSaysWhichClassesCannotProveTheirFreshnessAndWhy() throws Exception {
        try (FaultRun<World.Single> run = FaultRun.withAllGuards()) {
            eventually(() -> run.client.health().isUp());
            cut(run);
            Health after = run.client.health();
            assertThat(after.isUp()).isFalse();
            assertThat(after.classes())
                    .filteredOn(each -> !each.isProved())
                    .extracting(Health.ClassHealth::name)
                    .containsExactly("bounded", "degrading", "refusing", "strict");
            assertThat(after.classes())
                    .filteredOn(Health.ClassHealth::isDown)
                    .extracting(Health.ClassHealth::name)
                    .containsExactly("bounded", "refusing", "strict");
            assertThat(after.classes().getFirst().reason())
                    .contains("link to redis://127.0.0.1:")
                    .contains("ms ago");
        }
    }

    @Test
    void metricsTellEveryReadByItsOutcomeAndWhatTheLinkProves() throws Exception {
        try (FaultRun<World.Single> run = FaultRun.withAllGuards()) {
            MeterRegistry registry = new SimpleMeterRegistry();
            new CachewrightMetrics(run.client).bindTo(registry);
            cut(run);
            double refused = reads(registry, "refusing", "refused");
            double stale = reads(registry, "degrading", "stale");
            assertRefused(run);
            run.cacheOf("degrading:0").get("degrading:0");
            assertThat(reads(registry, "refusing", "refused")).isEqualTo(refused + 1);
            assertThat(reads(registry, "degrading", "stale")).isEqualTo(stale + 1);
            assertThat(reads(registry, "bounded", "remote"))
                    .isEqualTo((double) run.cacheOf("bounded:0").statistics().remote())
                    .isPositive();
            assertThat(registry.get("cache.gets")
                            .tags("cache", "bounded", "result", "miss")
                            .functionCounter()
                            .count())
                    .isPositive();
            assertThat(registry.get("cache.size")
                            .tags("cache", "bounded")
                            .gauge()
                            .value())
                    .isPositive();
            assertThat(registry.get("cachewright.unproved")
                            .tags("cache", "bounded")
                            .gauge()
                            .value())
                    .isEqualTo(1);
            assertThat(registry.get("cachewright.unproved")
                            .tags("cache", "effort")
                            .gauge()
                            .value())
                    .isZero();
            assertThat(registry.get("cachewright.links")
                            .tags("state", "live")
                            .gauge()
                            .value())
                    .isZero();
            assertThat(registry.get("cachewright.proof.age").timeGauge().value(TimeUnit.SECONDS))
                    .isGreaterThan(FaultRun.BOUND.toMillis() / 1_000.0);
        }
    }

    private static double reads(MeterRegistry registry, String cache, String outcome) {
        return registry.get("cachewright.reads")
                .tags("cache", cache, "outcome", outcome)
                .functionCounter()
                .count();
    }

    @Test
    void theFlightRecorderSeesMissesRefusalsAndLinksThatAreLost(@TempDir Path directory) throws Exception {
        try (Recording recording = new Recording();
                FaultRun<World.Single> run = FaultRun.withAllGuards()) {
            List.of("cachewright.Miss", "cachewright.Refusal", "cachewright.LinkChange")
                    .forEach(name -> recording.enable(name).withoutThreshold());
            recording.start();
            cut(run);
            assertRefused(run);
            recording.stop();
            List<RecordedEvent> events = eventsOf(recording, directory.resolve("run.jfr"));
            assertThat(events)
                    .filteredOn(event -> event.getEventType().getName().equals("cachewright.Miss"))
                    .isNotEmpty()
                    .allSatisfy(event -> assertThat(event.getString("outcome")).isIn("REMOTE", "Refused"));
            assertThat(events)
                    .filteredOn(event -> event.getEventType().getName().equals("cachewright.Refusal"))
                    .extracting(event -> event.getString("cacheClass"))
                    .containsOnly("refusing");
            assertThat(events)
                    .filteredOn(event -> event.getEventType().getName().equals("cachewright.LinkChange"))
                    .extracting(event -> event.getString("to"))
                    .contains("GAP");
        }
    }

    private static List<RecordedEvent> eventsOf(Recording recording, Path file) throws IOException {
        recording.dump(file);
        assertThat(Files.size(file)).isPositive();
        return RecordingFile.readAllEvents(file);
    }
}
