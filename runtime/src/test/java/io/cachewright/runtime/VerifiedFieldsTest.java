package io.cachewright.runtime;

import static io.cachewright.runtime.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachewright.domain.policy.CacheClass;
import io.cachewright.domain.policy.Freshness;
import io.cachewright.lab.wire.WireConnection;
import io.cachewright.runtime.metrics.VerifierMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The verifier looks at classes of hashes, of which each field is near by itself.
class VerifiedFieldsTest extends OnServer {

    private static final String KEY = FieldCacheTest.KEY;
    private static final String OTHER_KEY = "pos:B:VOD.L";
    private static final List<String> FIELDS = List.of("qty", "px", "none");
    private static final FieldSamples.Place QUANTITY = new FieldSamples.Place(KEY, "qty");
    private static final FieldSamples.Place PRICE = new FieldSamples.Place(KEY, "px");
    /// So long that it decides no test.
    private static final Duration AMPLE = Duration.ofSeconds(60);

    private final List<CachewrightClient> clients = new ArrayList<>();

    @AfterEach
    void close() {
        clients.forEach(CachewrightClient::close);
    }

    private FieldCache<String> positions(Freshness freshness, Links.LinkFactory links) {
        CachewrightClient client = CachewrightClient.builder("redis://" + server.address())
                .readTimeout(Duration.ofSeconds(10))
                // What a fault leaves behind is gone with its link, which a busy machine must not lose.
                .detectWithin(Duration.ofSeconds(2))
                .links(links)
                .cacheClass(CacheClass.builder("positions", "pos:")
                        .freshness(freshness)
                        .fieldsMax(16)
                        .build())
                .build();
        clients.add(client);
        return client.fieldCache("positions", Codec.utf8());
    }

    private FieldCache<String> positions(Links.LinkFactory links) {
        return positions(Freshness.bounded(AMPLE), links);
    }

    private static void awaitNear(FieldCache<String> cache, String key) throws InterruptedException {
        for (String field : FIELDS) {
            eventually(() -> cache.read(key, field).source() == Source.NEAR);
        }
    }

    private static Comparison<FieldSamples.Place, String> comparison(FieldCache<String> cache) {
        return new Comparison<>(cache.samples(), null, AMPLE.toNanos());
    }

    private static Comparison<FieldSamples.Place, String> comparison(
            FieldCache<String> cache, long watchedNanosMax, BiFunction<String, String, String> source) {
        return new Comparison<>(cache.samples(), place -> source.apply(place.key(), place.field()), watchedNanosMax);
    }

    // Where all guards are on

    @Test
    void eachFieldIsComparedWithTheServerAndTheSourceAndSoIsAbsence() throws InterruptedException {
        FieldCache<String> cache = positions(ServerLink::new);
        cache.put(KEY, Map.of("qty", "1", "px", "10"), Duration.ZERO);
        awaitNear(cache, KEY);
        awaitNear(cache, OTHER_KEY);
        Map<String, String> source = Map.of(KEY + " qty", "1", KEY + " px", "10");
        Comparison<FieldSamples.Place, String> comparison =
                comparison(cache, AMPLE.toNanos(), (key, field) -> source.get(key + " " + field));
        for (int i = 0; i < 30; i++) {
            comparison.step();
        }
        assertThat(comparison.found()).isEqualTo(new Verification("positions", 30, 0, 0, 0, 30, 0));
        assertThat(comparison.found())
                .hasToString("positions: 1.0 nines or better, with 95 % confidence: 0 stale of 30 samples"
                        + " (30 consistent, 0 in flight); 0 unverifiable; 0 of 30 compared with the source differ");
    }

    /// Changes single fields, whole hashes and their type: by plain commands, and by this library.
    private static void change(WireConnection plain, FieldCache<String> library, int i) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        String key = random.nextBoolean() ? KEY : OTHER_KEY;
        String field = FIELDS.get(random.nextInt(FIELDS.size()));
        String value = Integer.toString(i);
        switch (random.nextInt(8)) {
            case 0, 1 -> plain.call("HSET", key, field, value);
            case 2 -> plain.call("HDEL", key, field);
            case 3 -> plain.call("DEL", key);
            case 4 -> {
                plain.call("SET", key, value).orThrow();
                plain.call("DEL", key).orThrow();
            }
            case 5 -> library.delete(key, List.of(field));
            default -> library.put(key, Map.of(field, value), Duration.ZERO);
        }
    }

    @Test
    void nothingIsStaleWhileOthersChangeFieldsByWhateverCommand() throws Exception {
        FieldCache<String> reader = positions(ServerLink::new);
        FieldCache<String> writer = positions(ServerLink::new);
        Comparison<FieldSamples.Place, String> comparison = comparison(reader);
        AtomicBoolean isOver = new AtomicBoolean();
        AtomicInteger changes = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                WireConnection plain = server.connect()) {
            Future<?> changing = threads.submit(() -> {
                while (!isOver.get()) {
                    change(plain, writer, changes.incrementAndGet());
                    Thread.sleep(1);
                }
                return null;
            });
            Future<?> reading = threads.submit(() -> {
                while (!isOver.get()) {
                    read(reader, KEY);
                    read(reader, OTHER_KEY);
                    Thread.sleep(1);
                }
                return null;
            });
            try {
                eventually(() -> {
                    comparison.step();
                    return comparison.found().checked() >= 500 && changes.get() >= 500;
                });
            } finally {
                isOver.set(true);
            }
            changing.get();
            reading.get();
        }
        assertThat(comparison.found().consistent()).isPositive();
        assertThat(comparison.found().stale()).isZero();
        assertThat(comparison.found().unverifiable()).isZero();
    }

    private static void read(FieldCache<String> cache, String key) {
        try {
            cache.getAll(key, FIELDS);
        } catch (CacheException.Rejected e) {
            // It is text just now.
            assertThat(e).hasMessageContaining("WRONGTYPE");
        }
    }

    // What must be found

    /// Hears of no change.
    static final class Deaf extends ForwardingDrops {
        Deaf(Drops to) {
            super(to);
        }

        @Override
        public void drop(String key) {
            // Not dropped.
        }

        @Override
        public void dropFields(String key, Set<String> fields) {
            // Not dropped.
        }

        @Override
        public void doubt(String key, long provedNanos) {
            // No doubt.
        }
    }

    enum Change {
        FIELD_SET {
            @Override
            void make(FieldCache<String> library) {
                other.call("HSET", KEY, "qty", "2").orThrow();
            }
        },
        ABSENT_FIELD_SET {
            @Override
            void make(FieldCache<String> library) {
                other.call("HSET", KEY, "none", "2").orThrow();
            }
        },
        FIELD_DELETED {
            @Override
            void make(FieldCache<String> library) {
                other.call("HDEL", KEY, "qty").orThrow();
            }
        },
        KEY_DELETED {
            @Override
            void make(FieldCache<String> library) {
                other.call("DEL", KEY).orThrow();
            }
        },
        TYPE_CHANGED {
            @Override
            void make(FieldCache<String> library) {
                other.call("SET", KEY, "text").orThrow();
            }
        },
        FIELD_SET_BY_NAME {
            @Override
            void make(FieldCache<String> library) {
                library.put(KEY, Map.of("px", "11"), Duration.ZERO);
            }
        };

        abstract void make(FieldCache<String> library);
    }

    @ParameterizedTest
    @EnumSource(Change.class)
    void aChangeThatDidNotReachWhatIsNearIsFound(Change change) throws InterruptedException {
        FieldCache<String> deaf = positions(BrokenLinks.dropping(Deaf::new));
        other.call("HSET", KEY, "qty", "1", "px", "10").orThrow();
        awaitNear(deaf, KEY);
        Comparison<FieldSamples.Place, String> comparison = comparison(deaf);
        change.make(positions(ServerLink::new));
        VerifiedClassesTest.stepUntil(comparison, found -> found.stale() > 0);
        assertThat(comparison.found().inFlight()).isZero();
    }

    @Test
    void aFieldThatAFlushLeftBehindIsFound() throws InterruptedException {
        FieldCache<String> cache = positions(FaultTest.IgnoresFlush::new);
        other.call("HSET", KEY, "qty", "1", "px", "10").orThrow();
        awaitNear(cache, KEY);
        Comparison<FieldSamples.Place, String> comparison = comparison(cache);
        other.call("FLUSHALL").orThrow();
        VerifiedClassesTest.stepUntil(comparison, found -> found.stale() > 0);
    }

    @Test
    void aSourceThatHasMovedOnUnheardIsFound() throws InterruptedException {
        FieldCache<String> cache = positions(ServerLink::new);
        other.call("HSET", KEY, "qty", "1", "px", "10").orThrow();
        awaitNear(cache, KEY);
        Map<String, String> source = new ConcurrentHashMap<>(Map.of("qty", "1", "px", "11"));
        Comparison<FieldSamples.Place, String> comparison =
                comparison(cache, 1_000_000, (_, field) -> source.get(field));
        VerifiedClassesTest.stepUntil(comparison, found -> found.sourceMismatches() > 0);
        assertThat(comparison.found().stale()).isZero();
        // What moves between the two looks is no mismatch.
        source.put("px", "10");
        long mismatches = comparison.found().sourceMismatches();
        for (int i = 0; i < 20; i++) {
            comparison.step();
        }
        assertThat(comparison.found().sourceMismatches()).isEqualTo(mismatches);
    }

    // Fields in doubt

    /// One in whose store `px` hides a write that was not named.
    private FieldCache<String> withHiddenWrite(Freshness freshness, Links.LinkFactory links)
            throws InterruptedException {
        FieldCache<String> cache = positions(freshness, links);
        hideAgain(cache);
        return cache;
    }

    private static void hideAgain(FieldCache<String> cache) throws InterruptedException {
        other.call("HSET", KEY, "qty", "1", "px", "10").orThrow();
        eventually(() -> cache.getAll(KEY, List.of("qty", "px")).equals(Map.of("qty", "1", "px", "10"))
                && cache.samples().entry(QUANTITY) != null
                && cache.samples().entry(PRICE) != null);
        FieldCacheTest.writeHidden(other, "2", "11");
        eventually(() -> cache.samples().entry(QUANTITY) == null);
    }

    @Test
    void aWriteThatHidesBehindANamedOneWithoutTheDoubtIsFound() throws InterruptedException {
        Comparison<FieldSamples.Place, String> comparison = comparison(
                withHiddenWrite(Freshness.bounded(AMPLE), BrokenLinks.dropping(FieldCacheTest.TrustsTheNames::new)));
        VerifiedClassesTest.stepUntil(comparison, found -> found.stale() > 0);
    }

    @Test
    void aFieldInDoubtOfWhichNothingIsProvedIsNotCalledStale() throws InterruptedException {
        FieldCache<String> cache = withHiddenWrite(Freshness.bestEffort(), ServerLink::new);
        Comparison<FieldSamples.Place, String> comparison = new Comparison<>(cache.samples(), null, 1);
        VerifiedClassesTest.stepUntil(comparison, found -> found.unverifiable() > 0);
        assertThat(comparison.found().stale()).isZero();
    }

    @Test
    void aFieldInDoubtThatIsTooOldToBeServedWasInFlight() throws InterruptedException {
        Duration bound = Duration.ofSeconds(1);
        FieldCache<String> cache = withHiddenWrite(Freshness.bounded(bound), ServerLink::new);
        // Once it is seen before it is too old: on a machine that is slow for a while, not at the first attempt.
        for (int attempt = 0; attempt < 1_000; attempt++) {
            Comparison<FieldSamples.Place, String> comparison = comparison(cache);
            Entry<?> price = cache.samples().entry(PRICE);
            while (price != null && !price.isPast(System.nanoTime(), bound.toNanos())) {
                comparison.step();
                Thread.sleep(1);
            }
            comparison.step();
            assertThat(comparison.found().stale()).isZero();
            if (comparison.found().inFlight() > 0) {
                return;
            }
            hideAgain(cache);
        }
        throw new AssertionError("a field in doubt was never seen before it was too old");
    }

    // By itself

    @Test
    void runsByItselfAndIsMetered() throws InterruptedException {
        FieldCache<String> cache = positions(ServerLink::new);
        Map<String, String> source = Map.of("qty", "1", "px", "10");
        cache.put(KEY, source, Duration.ZERO);
        awaitNear(cache, KEY);
        try (Verifier<String> verifier = Verifier.start(cache, 1_000, (_, field) -> source.get(field))) {
            eventually(() -> verifier.found().consistent() >= 30);
            SimpleMeterRegistry registry = new SimpleMeterRegistry();
            new VerifierMetrics(verifier).bindTo(registry);
            assertThat(registry.get("cachewright.verifier.nines")
                            .tag("cache", "positions")
                            .gauge()
                            .value())
                    .isPositive();
            assertThat(verifier.found().stale()).isZero();
            assertThat(verifier.found().sourceChecked()).isPositive();
        }
        assertThatThrownBy(() -> Verifier.start(cache, 0)).hasMessageContaining("1 to 1,000, was 0");
    }

    @Test
    void aVerifierThatIsTheOnlyReaderKeepsNothingInTheStore() throws InterruptedException {
        FieldCache<String> cache = positions(ServerLink::new);
        IntStream.range(0, 5)
                .forEach(i -> other.call("HSET", "pos:" + i, "qty", "1").orThrow());
        Comparison<FieldSamples.Place, String> comparison = comparison(cache);
        for (int i = 0; i < 20; i++) {
            comparison.step();
        }
        assertThat(cache.statistics().entries()).isZero();
        assertThat(comparison.found()).hasToString("positions: no samples yet; 0 unverifiable");
    }
}
