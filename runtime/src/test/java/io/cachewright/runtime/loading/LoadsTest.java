package io.cachewright.runtime.loading;

import static io.cachewright.runtime.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.domain.policy.LoadLimits;
import io.cachewright.runtime.loading.Fills.Permit;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoadsTest {

    private static final long LONG_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();
    private final FakeFills fills = new FakeFills();
    private final AtomicInteger asked = new AtomicInteger();
    private final Semaphore go = new Semaphore(0);
    private final LoadListeners events = new LoadListeners();

    @AfterEach
    void stop() {
        go.release(1_000_000);
        readers.close();
        timer.shutdownNow();
    }

    /// A server in memory whose leases the test hands out.
    private static final class FakeFills implements Fills<String> {
        final Map<String, String> filled = new ConcurrentHashMap<>();
        final List<String> released = Collections.synchronizedList(new ArrayList<>());
        final Semaphore changes = new Semaphore(0);
        volatile Function<String, Permit> permits = _ -> Permit.GRANTED;
        volatile boolean isFull;
        final AtomicInteger renewals = new AtomicInteger();

        @Override
        public Map<String, Permit> acquire(List<Want> wants, String token) {
            Map<String, Permit> answers = new HashMap<>();
            wants.forEach(want -> answers.put(want.key(), permits.apply(want.key())));
            return answers;
        }

        @Override
        public void renew(List<String> keys, String token) {
            renewals.incrementAndGet();
        }

        @Override
        public int fill(List<Filling<String>> fillings, String token) {
            if (isFull) {
                throw new IllegalStateException("OOM");
            }
            fillings.forEach(each -> filled.put(each.want().key(), String.valueOf(each.value())));
            return fillings.size();
        }

        @Override
        public void release(List<String> keys, String token) {
            released.addAll(keys);
        }

        @Override
        public Watch watch(List<String> keys) {
            return new Watch() {
                @Override
                public void await(long nanos) throws InterruptedException {
                    changes.tryAcquire(nanos, TimeUnit.NANOSECONDS);
                }

                @Override
                public void close() {
                    // Nothing is kept.
                }
            };
        }
    }

    private static LoadLimits.Builder limits() {
        return LoadLimits.builder(Duration.ofSeconds(30)).hardTimeout(Duration.ofSeconds(20));
    }

    private Loads<String> loads(LoadLimits.Builder limits, Loader<String> loader) {
        return new Loads<>(limits.build(), loader, fills, System::nanoTime, timer, events);
    }

    private Loader<String> gated() {
        return key -> {
            asked.incrementAndGet();
            go.acquire();
            return "of " + key;
        };
    }

    private static Want want(String key) {
        return Want.of(key, System.nanoTime(), 0);
    }

    private static @Nullable String valueOf(Outcome<String> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Loaded.class);
        return ((Outcome.Loaded<String>) outcome).value();
    }

    @Test
    void fiftyReadersOfOneKeyLoadItOnce() throws Exception {
        Loads<String> loads = loads(limits(), gated());
        List<Future<Outcome<String>>> all = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            all.add(readers.submit(() -> loads.load(want("a"), LONG_NANOS)));
        }
        eventually(() -> loads.counts().joined() == 49);
        go.release(50);
        for (Future<Outcome<String>> each : all) {
            assertThat(valueOf(each.get())).isEqualTo("of a");
        }
        assertThat(asked).hasValue(1);
        assertThat(fills.filled).containsEntry("a", "of a");
        assertThat(loads.size()).isZero();
    }

    @Test
    void whoLookedBeforeALoadEndedLooksAgainInsteadOfLoading() {
        go.release(10);
        Loads<String> loads = loads(limits(), gated());
        Want early = want("a");
        assertThat(valueOf(loads.load(want("a"), LONG_NANOS))).isEqualTo("of a");
        assertThat(loads.load(early, LONG_NANOS)).isInstanceOf(Outcome.Elsewhere.class);
        assertThat(asked).hasValue(1);
        assertThat(valueOf(loads.load(want("a"), LONG_NANOS))).isEqualTo("of a");
        assertThat(asked).hasValue(2);
    }

    @Test
    void aReaderWaitsNoLongerThanHeSaysAndTheLoadGoesOn() throws InterruptedException {
        Loads<String> loads = loads(limits(), gated());
        assertThat(loads.load(want("a"), 1_000_000)).isInstanceOf(Outcome.Late.class);
        assertThat(fills.filled).isEmpty();
        go.release();
        eventually(() -> "of a".equals(fills.filled.get("a")));
        assertThat(loads.counts().late()).isEqualTo(1);
    }

    @Test
    void aFailureIsToldToAllWhoWaitAndNothingIsRemembered() {
        Loads<String> loads = loads(limits(), _ -> {
            asked.incrementAndGet();
            throw new IOException("no route to the database");
        });
        for (int i = 1; i <= 3; i++) {
            assertThat(loads.load(want("a"), LONG_NANOS))
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class,
                            failed -> assertThat(failed.cause()).hasMessage("no route to the database"));
            assertThat(asked).hasValue(i);
        }
        assertThat(fills.filled).isEmpty();
        assertThat(fills.released).containsExactly("a", "a", "a");
        assertThat(loads.counts().failures()).isEqualTo(3);
    }

    @Test
    void aSourceThatFailsTooOftenIsLeftAlone() {
        Loads<String> loads = loads(limits().breakerPause(Duration.ofHours(1)), _ -> {
            asked.incrementAndGet();
            throw new IOException("down");
        });
        for (int i = 0; i < 50; i++) {
            loads.load(want("key" + i), LONG_NANOS);
        }
        assertThat(asked).hasValue(CircuitBreaker.CALLS_MIN);
        assertThat(loads.breaker()).isEqualTo(CircuitBreaker.State.OPEN);
        assertThat(loads.counts().cut()).isEqualTo(50 - CircuitBreaker.CALLS_MIN);
        assertThat(loads.load(want("a"), LONG_NANOS))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.cause()).hasMessageContaining("failed too often"));
    }

    @Test
    void nothingIsAValueToo() {
        Loads<String> loads = loads(limits(), _ -> null);
        assertThat(valueOf(loads.load(want("a"), LONG_NANOS))).isNull();
        assertThat(fills.filled).containsEntry("a", "null");
    }

    @Test
    void aLoadThatTakesLongerThanTwiceTheHardTimeoutIsInterruptedAndItsKeyFree() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        Loads<String> loads = loads(limits().softTimeout(Duration.ZERO).hardTimeout(Duration.ofMillis(20)), key -> {
            if (asked.incrementAndGet() == 1) {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    interrupted.countDown();
                    throw e;
                }
            }
            return key;
        });
        assertThat(loads.load(want("a"), LONG_NANOS))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.cause()).hasMessageContaining("twice the hard timeout"));
        assertThat(interrupted.await(60, TimeUnit.SECONDS)).isTrue();
        // On a busy machine even this one may take longer than twice 20 ms.
        eventually(() -> loads.load(want("a"), LONG_NANOS) instanceof Outcome.Loaded);
        assertThat(loads.counts().failures()).isPositive();
    }

    @Test
    void neverMoreLoadsThanAllowedAndTheRestWaitOrAreTurnedAway() throws Exception {
        AtomicInteger most = new AtomicInteger();
        AtomicInteger now = new AtomicInteger();
        Loads<String> loads = loads(limits().concurrentMax(3), key -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            go.acquire();
            now.decrementAndGet();
            return key;
        });
        List<Future<Outcome<String>>> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String key = "key" + i;
            all.add(readers.submit(() -> loads.load(want(key), LONG_NANOS)));
        }
        eventually(() -> most.get() == 3);
        assertThat(loads.load(want("more"), 1_000_000))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.cause()).hasMessageContaining("as many as allowed"));
        loads.refresh(want("more"));
        assertThat(loads.counts().shed()).isEqualTo(2);
        go.release(100);
        for (Future<Outcome<String>> each : all) {
            assertThat(each.get()).isInstanceOf(Outcome.Loaded.class);
        }
        assertThat(most).hasValue(3);
    }

    @Test
    void neverMoreReadersWaitThanAllowed() throws Exception {
        Loads<String> loads = loads(limits().waitingMax(2), gated());
        Future<Outcome<String>> first = readers.submit(() -> loads.load(want("a"), LONG_NANOS));
        Future<Outcome<String>> second = readers.submit(() -> loads.load(want("a"), LONG_NANOS));
        eventually(() -> loads.counts().joined() == 1);
        assertThat(loads.load(want("a"), LONG_NANOS)).isInstanceOf(Outcome.Failed.class);
        go.release(3);
        assertThat(valueOf(first.get())).isEqualTo(valueOf(second.get()));
    }

    @Test
    void waitsWhileAnotherProcessLoadsAndTakesOverWhenThatOneDies() throws Exception {
        go.release(10);
        fills.permits = _ -> Permit.HELD;
        Loads<String> loads = loads(limits(), gated());
        Future<Outcome<String>> waiting = readers.submit(() -> loads.load(want("a"), LONG_NANOS));
        Future<Outcome<String>> other = readers.submit(() -> loads.load(want("b"), LONG_NANOS));
        eventually(() -> loads.size() == 2);
        assertThat(asked).hasValue(0);
        fills.permits = key -> key.equals("a") ? Permit.FRESH : Permit.GRANTED;
        fills.changes.release(2);
        assertThat(waiting.get()).isInstanceOf(Outcome.Elsewhere.class);
        assertThat(valueOf(other.get())).isEqualTo("of b");
        assertThat(asked).hasValue(1);
    }

    @Test
    void aLongLoadRenewsItsRight() throws Exception {
        // Its right lasts for as long as its reader waits, and it may take twice as long.
        Loads<String> loads = loads(limits().hardTimeout(Duration.ofSeconds(3)), gated());
        Future<Outcome<String>> reader = readers.submit(() -> loads.load(want("a"), LONG_NANOS));
        eventually(() -> fills.renewals.get() >= 2);
        go.release();
        assertThat(valueOf(reader.get())).isEqualTo("of a");
    }

    @Test
    void aChangeDuringALoadKeepsItsAnswerFromTheServerAndFromThoseWhoComeLater() throws Exception {
        Loads<String> loads = loads(limits(), gated());
        Future<Outcome<String>> before = readers.submit(() -> loads.load(want("a"), LONG_NANOS));
        eventually(() -> asked.get() == 1);
        loads.changed("a");
        Future<Outcome<String>> after = readers.submit(() -> loads.load(want("a"), LONG_NANOS));
        eventually(() -> asked.get() == 2);
        go.release(1);
        eventually(() -> before.isDone() || after.isDone());
        go.release(1);
        assertThat(valueOf(before.get())).isEqualTo("of a");
        assertThat(valueOf(after.get())).isEqualTo("of a");
        assertThat(loads.counts().unfilled()).isEqualTo(1);
        assertThat(fills.released).containsExactly("a");
        assertThat(fills.filled).containsKey("a");
    }

    @Test
    void aServerThatCannotBeFilledDoesNotKeepTheValueFromItsReader() {
        fills.isFull = true;
        go.release();
        Loads<String> loads = loads(limits(), gated());
        assertThat(valueOf(loads.load(want("a"), LONG_NANOS))).isEqualTo("of a");
        assertThat(loads.counts().unfilled()).isEqualTo(1);
    }

    @Test
    void aBatchLoaderIsAskedOnceForAllThatNobodyLoadsYet() throws Exception {
        List<Set<String>> batches = Collections.synchronizedList(new ArrayList<>());
        BatchLoader<String> loader = keys -> {
            batches.add(Set.copyOf(keys));
            go.acquire();
            Map<String, String> values = new HashMap<>();
            keys.stream().filter(key -> !key.equals("none")).forEach(key -> values.put(key, "of " + key));
            return values;
        };
        Loads<String> loads = loads(limits(), loader);
        Future<Outcome<String>> alone = readers.submit(() -> loads.load(want("a"), LONG_NANOS));
        eventually(() -> batches.size() == 1);
        Future<Map<String, Outcome<String>>> together =
                readers.submit(() -> loads.loadAll(List.of(want("a"), want("b"), want("none")), LONG_NANOS));
        eventually(() -> batches.size() == 2);
        go.release(2);
        assertThat(valueOf(alone.get())).isEqualTo("of a");
        assertThat(together.get()).hasSize(3);
        assertThat(together.get().get("none")).isInstanceOf(Outcome.Loaded.class);
        assertThat(batches).containsExactly(Set.of("a"), Set.of("b", "none"));
    }

    @Test
    void closingEndsWhoWaits() throws Exception {
        Loads<String> loads = loads(limits(), gated());
        Future<Outcome<String>> waiting = readers.submit(() -> loads.load(want("a"), LONG_NANOS));
        eventually(() -> asked.get() == 1);
        loads.close();
        assertThat(waiting.get()).isInstanceOf(Outcome.Failed.class);
        assertThat(loads.load(want("b"), LONG_NANOS)).isInstanceOf(Outcome.Failed.class);
    }
}
