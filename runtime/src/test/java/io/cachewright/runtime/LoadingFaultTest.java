package io.cachewright.runtime;

import static io.cachewright.runtime.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.domain.policy.LoadLimits;
import io.cachewright.lab.wire.WireConnection;
import io.cachewright.runtime.codec.Codecs;
import io.cachewright.runtime.loading.Loader;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// Faults of loading under the history checker: each with all guards, where nothing may be wrong, and with the guard
/// against it switched off, where the checker must see it.
class LoadingFaultTest {

    private static LoadLimits.Builder limits() {
        return LoadLimits.builder(Duration.ofMinutes(1)).oncePerFleet(true);
    }

    // F3: an invalidation overtakes a load

    private static LoadingRun changingWhileLoading(LoadLimits limits) {
        LoadingRun run = LoadingRun.of(limits);
        run.source.delayNanos = 1_500_000;
        return run.start();
    }

    @Test
    void whatWasLoadedBeforeAnInvalidationNeverComesBack() throws Exception {
        try (LoadingRun run = changingWhileLoading(limits().build())) {
            run.pass(1_500);
            eventually(() -> run.history.countOf(Source.NEAR) > 0);
            assertThat(run.violations()).isEmpty();
            run.assertNothingStaleForGood();
        }
    }

    @Test
    void withoutTheLeaseTheCheckerSeesWhatWasLoadedBeforeAnInvalidation() throws Exception {
        try (LoadingRun run = changingWhileLoading(limits().oncePerFleet(false).build())) {
            assertThat(run.violationsOf(() -> run.pass(100))).isNotEmpty();
        }
    }

    // F17: the source is slow, and fails

    private static LoadLimits lastValues() {
        return LoadLimits.builder(Duration.ofMillis(120))
                .oncePerFleet(true)
                .softTimeout(Duration.ofMillis(5))
                .hardTimeout(Duration.ofMillis(400))
                .staleIfError(Duration.ofSeconds(20))
                .negativeTtl(Duration.ofMillis(50))
                .breakerPause(Duration.ofMillis(100))
                .build();
    }

    /// Until `seen` the source stays down.
    private static void slowThenDownThenWell(LoadingRun run, Eventually.Condition seen) throws Exception {
        // So rarely that times to live end before the next change of a key.
        run.changePauseNanos = 30_000_000;
        run.start();
        run.pass(300);
        run.source.delayNanos = 60_000_000;
        run.pass(500);
        run.source.isDown = true;
        Eventually.repeat(() -> run.pass(500), seen);
        run.source.delayNanos = 0;
        run.pass(300);
        run.source.isDown = false;
        run.pass(500);
    }

    @Test
    void lastValuesAreNoYoungerThanTheySayWhileTheSourceIsSlowOrFails() throws Exception {
        try (LoadingRun run = LoadingRun.of(lastValues())) {
            slowThenDownThenWell(run, () -> run.history.countOf(Source.STALE) > 0 && run.notLoaded.get() > 0);
            assertThat(run.violations()).isEmpty();
            run.assertNothingStaleForGood();
            assertThat(run.history.countOf(Source.STALE)).isPositive();
            assertThat(run.notLoaded).hasPositiveValue();
        }
    }

    /// What is usually written by hand: when the source fails, the loader gives what it knew last.
    private static Loader<Integer> fallingBack(Loader<Integer> source) {
        Map<String, Integer> last = new ConcurrentHashMap<>();
        return key -> {
            try {
                Integer value = source.load(key);
                if (value != null) {
                    last.put(key, value);
                }
                return value;
            } catch (IllegalStateException e) {
                return last.get(key);
            }
        };
    }

    @Test
    void withLastValuesOfTheLoadersOwnTheCheckerSeesOldOnesPassForYoung() throws Exception {
        try (LoadingRun run =
                new LoadingRun(lastValues(), new ClientUnderTest.VersionCodec(), LoadingFaultTest::fallingBack)) {
            slowThenDownThenWell(run, run::hasViolations);
            assertThat(run.violations()).isNotEmpty();
        }
    }

    // F17: the source has nothing

    private static int timesAsked(Duration negativeTtl) {
        AtomicInteger asked = new AtomicInteger();
        LoadLimits limits =
                limits().negativeTtl(negativeTtl).staleIfError(Duration.ZERO).build();
        try (LoadingRun run = LoadingRun.patient(limits, _ -> {
            asked.incrementAndGet();
            return null;
        })) {
            for (int i = 0; i < 5; i++) {
                assertThat(run.cacheOf("bounded:0").get("bounded:0")).isNull();
            }
        }
        return asked.get();
    }

    @Test
    void thatTheSourceHasNothingIsAskedOnce() {
        assertThat(timesAsked(Duration.ofMinutes(1))).isEqualTo(1);
    }

    @Test
    void withoutAMemoryOfAbsenceTheSourceIsAskedByEachRead() {
        assertThat(timesAsked(Duration.ZERO)).isEqualTo(5);
    }

    // F23: poison in the server, and values of another release

    record Quote(long version) {}

    record QuoteWithVenue(long version, String venue) {}

    /// Whole numbers as records of one component, or of another shape.
    private record Shaped<R extends Record>(Codec<R> codec, Function<Integer, R> of, Function<R, Long> version)
            implements Codec<Integer> {

        static Shaped<Quote> plain() {
            return new Shaped<>(Codecs.records(Quote.class), Quote::new, Quote::version);
        }

        static Shaped<QuoteWithVenue> withVenue() {
            return new Shaped<>(
                    Codecs.records(QuoteWithVenue.class),
                    version -> new QuoteWithVenue(version, "XLON"),
                    QuoteWithVenue::version);
        }

        @Override
        public byte[] encode(Integer value) {
            return codec.encode(of.apply(value));
        }

        @Override
        public Integer decode(byte[] bytes) {
            return Math.toIntExact(version.apply(codec.decode(bytes)));
        }

        @Override
        public long versionOf(Integer value) {
            return value;
        }

        @Override
        public Format format() {
            return codec.format();
        }
    }

    /// Another release, whose numbers are a million greater, fills the same keys as soon as they are free; and
    /// somebody writes what is no value at all.
    private static void withOthersAt(
            LoadingRun run, Codec<Integer> codecOfTheOthers, boolean withPoison, Eventually.Condition seen)
            throws Exception {
        SplittableRandom random = new SplittableRandom(2);
        try (LoadingRun.Release other = run.release(codecOfTheOthers, key -> 1_000_000);
                WireConnection vandal = run.world.server.connect()) {
            run.start();
            run.beside(() -> {
                String key = run.keys().get(random.nextInt(run.keys().size()));
                if (withPoison && random.nextInt(4) == 0) {
                    vandal.call("SET", key, "\u0001poison" + random.nextInt());
                } else {
                    other.read(key);
                }
                LockSupport.parkNanos(500_000);
            });
            Eventually.repeat(() -> run.pass(withPoison ? 1_500 : 100), seen);
            run.endAll();
        }
    }

    @Test
    void neitherPoisonNorAnotherReleaseIsEverReadAsAValue() throws Exception {
        try (LoadingRun run = new LoadingRun(limits().build(), Shaped.plain(), loader -> loader)) {
            withOthersAt(run, Shaped.withVenue(), true, () -> run.decodeErrors() > 0);
            assertThat(run.violations()).isEmpty();
            run.assertNothingStaleForGood();
            assertThat(run.decodeErrors()).isPositive();
        }
    }

    @Test
    void withoutTheNameOfTheSchemaTheCheckerSeesValuesThatNobodyWrote() throws Exception {
        try (LoadingRun run = LoadingRun.of(limits().build())) {
            withOthersAt(run, new ClientUnderTest.VersionCodec(), false, run::hasViolations);
            assertThat(run.violations()).isNotEmpty();
        }
    }
}
