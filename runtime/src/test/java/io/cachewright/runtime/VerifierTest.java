package io.cachewright.runtime;

import static io.cachewright.runtime.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cachewright.lab.wire.WireConnection;
import io.cachewright.runtime.metrics.VerifierMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

/// Must find what a near-cache with a guard switched off leaves stale, and nothing where all guards are on.
class VerifierTest {

    private static final long WATCHED_NANOS_MAX = 1_000_000_000;
    private static final List<String> CLASSES = List.of("strict", "bounded", "degrading", "refusing", "effort");

    private static List<Comparison<String, Integer>> comparisonsOf(FaultRun<World.Single> run) {
        return CLASSES.stream()
                .map(name -> new Comparison<>(KeySamples.of(run.cacheOf(name + ":0")), null, WATCHED_NANOS_MAX))
                .toList();
    }

    private static void verify(List<Comparison<String, Integer>> comparisons, int steps) throws InterruptedException {
        for (int i = 0; i < steps; i++) {
            comparisons.forEach(Comparison::step);
            Thread.sleep(1);
        }
    }

    private static long sum(List<Comparison<String, Integer>> comparisons, ToLongFunction<Verification> of) {
        return comparisons.stream().map(Comparison::found).mapToLong(of).sum();
    }

    @Test
    void findsNothingStaleWhileReadersAndWritersAreAtWork() throws Exception {
        try (FaultRun<World.Single> run = FaultRun.with(ServerLink::new, new FaultTest.SlowCodec())) {
            run.awaitLive();
            run.start();
            List<Comparison<String, Integer>> comparisons = comparisonsOf(run);
            verify(comparisons, 150);
            Eventually.repeat(() -> verify(comparisons, 10), () -> sum(comparisons, Verification::consistent) > 0);
            assertThat(run.violations()).isEmpty();
            assertThat(sum(comparisons, Verification::stale)).isZero();
            assertThat(sum(comparisons, Verification::consistent)).isPositive();
        }
    }

    @Test
    void findsWhatIsPutBackAfterItsInvalidationWithoutLeases() throws Exception {
        try (FaultRun<World.Single> run =
                FaultRun.with(BrokenLinks.judging(FaultTest.FillsRegardless::new), new FaultTest.SlowCodec())) {
            run.awaitLive();
            run.start();
            List<Comparison<String, Integer>> comparisons = comparisonsOf(run);
            Eventually.repeat(() -> verify(comparisons, 100), () -> sum(comparisons, Verification::stale) > 0);
            assertThat(sum(comparisons, Verification::stale)).isPositive();
        }
    }

    @Test
    void findsWhatAFlushLeftBehind() throws Exception {
        try (FaultRun<World.Single> run = FaultRun.with(FaultTest.IgnoresFlush::new)) {
            List<Comparison<String, Integer>> comparisons = comparisonsOf(run);
            try (WireConnection other = run.world.server.connect()) {
                // Again where this machine was so busy that the link was lost, and with it what was left behind.
                Eventually.repeat(
                        () -> {
                            run.write(run.keys());
                            run.awaitNear();
                            other.call("FLUSHALL").orThrow();
                            verify(comparisons, 300);
                        },
                        () -> sum(comparisons, Verification::stale) > 0);
            }
            assertThat(sum(comparisons, Verification::stale)).isPositive();
        }
    }

    @Test
    void findsWhereTheServerDiffersFromTheSource() throws Exception {
        Map<String, Integer> source = new ConcurrentHashMap<>();
        try (FaultRun<World.Single> run = FaultRun.withAllGuards()) {
            run.awaitLive();
            run.keys().forEach(key -> source.put(key, 1));
            source.put("bounded:3", 99);
            NearCache<Integer> bounded = run.cacheOf("bounded:0");
            run.awaitNear();
            Comparison<String, Integer> comparison =
                    new Comparison<>(KeySamples.of(bounded), source::get, WATCHED_NANOS_MAX);
            eventually(() -> {
                comparison.step();
                return comparison.found().sourceMismatches() > 0;
            });
            assertThat(comparison.found().stale()).isZero();
        }
    }

    @Test
    void runsByItselfWithinItsRate() throws Exception {
        try (FaultRun<World.Single> run = FaultRun.withAllGuards()) {
            run.awaitLive();
            run.start();
            run.stopWriting();
            List<Verifier<Integer>> verifiers = new ArrayList<>();
            CLASSES.forEach(name -> verifiers.add(Verifier.start(run.cacheOf(name + ":0"), 200)));
            eventually(() ->
                    verifiers.stream().allMatch(verifier -> verifier.found().consistent() >= 4));
            SimpleMeterRegistry registry = new SimpleMeterRegistry();
            new VerifierMetrics(verifiers.getFirst()).bindTo(registry);
            verifiers.forEach(Verifier::close);
            assertThat(consistent(verifiers)).isGreaterThanOrEqualTo(20);
            assertThat(verifiers).allMatch(each -> each.found().stale() == 0);
            assertThat(registry.get("cachewright.verifier.checks")
                            .tag("result", "stale")
                            .functionCounter()
                            .count())
                    .isZero();
            assertThat(registry.get("cachewright.verifier.nines").gauge().value())
                    .isPositive();
        }
    }

    private static long consistent(List<Verifier<Integer>> verifiers) {
        return verifiers.stream().mapToLong(each -> each.found().consistent()).sum();
    }

    @Test
    void saysHowSureItIs() {
        assertThat(new Verification("a", 0, 0, 0, 0, 0, 0).nines()).isEmpty();
        // The rule of three: with none in 3,000, at most 1 in 1,000.
        assertThat(new Verification("a", 2_990, 10, 0, 0, 0, 0)
                        .staleShareAtMost()
                        .orElseThrow())
                .isCloseTo(0.001, within(0.00001));
        assertThat(new Verification("a", 2_995, 0, 0, 0, 0, 0).nines().orElseThrow())
                .isCloseTo(3, within(0.001));
        // Wilson's upper limit for 10 of 100, one-sided 95 %.
        assertThat(new Verification("a", 90, 0, 10, 0, 0, 0).staleShareAtMost().orElseThrow())
                .isCloseTo(0.1601, within(0.001));
    }
}
