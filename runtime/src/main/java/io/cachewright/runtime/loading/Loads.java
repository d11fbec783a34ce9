package io.cachewright.runtime.loading;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.cachewright.domain.policy.LoadLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The loads of one class in this process: one for each key at a time, so many at once at most, and each reader
/// waits no longer than he says.
///
/* A load belongs to nobody who waits for it. It runs on a thread of its own, goes on when its readers have gone, and
 * fills the server when it ends, so that a slow source still gets the value there for the next reader.
 *
 * Bounds: `concurrent-max` loads (a batch counts once), `waiting-max` readers who wait for one or for room to start one,
 * BATCH_MAX keys a batch, twice the hard timeout for a load, after which its thread is interrupted and its key is free
 * again. A loader that heeds no interrupt keeps its place among the concurrent ones until it returns.
 *
 * Between a reader's look into the server and his turn here, another's load may have ended. It is remembered for a
 * while when each key was filled last; who looked before that is sent to look again.
 */
public final class Loads<V> implements AutoCloseable {

    private static final int BATCH_MAX = 512;
    private static final long LEASE_MILLIS_MIN = 1_000;
    private static final long LEASE_MILLIS_MAX = 10_000;
    private static final int ENDED_MAX = 10_000;
    private static final Duration ENDED_KEPT = Duration.ofSeconds(5);

    private final LoadLimits limits;
    private final long loadNanosMax;
    private final Loader<V> loader;
    private final Fills<V> fills;
    private final LongSupplier clock;
    private final ScheduledExecutorService timer;
    private final LoadListener listener;
    private final CircuitBreaker breaker;
    private final Semaphore places;
    private final Semaphore waiting;
    private final ConcurrentMap<String, Load<V>> underWay = new ConcurrentHashMap<>();
    private final Cache<String, Long> endedNanos = Caffeine.newBuilder()
            .maximumSize(ENDED_MAX)
            .expireAfterWrite(ENDED_KEPT)
            .build();

    private final LongAdder loads = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder joined = new LongAdder();
    private final LongAdder elsewhere = new LongAdder();
    private final LongAdder late = new LongAdder();
    private final LongAdder shed = new LongAdder();
    private final LongAdder cut = new LongAdder();
    private final LongAdder unfilled = new LongAdder();
    private final AtomicReference<CircuitBreaker.State> breakerTold =
            new AtomicReference<>(CircuitBreaker.State.CLOSED);
    private volatile boolean isClosed;

    /// @param clock monotonic nanoseconds
    /// @param timer for limits in time; its tasks do not block
    public Loads(
            LoadLimits limits,
            Loader<V> loader,
            Fills<V> fills,
            LongSupplier clock,
            ScheduledExecutorService timer,
            LoadListener listener) {
        this.limits = limits;
        this.loadNanosMax = 2 * limits.hardTimeout().toNanos();
        this.loader = loader;
        this.fills = fills;
        this.clock = clock;
        this.timer = timer;
        this.listener = listener;
        this.breaker = new CircuitBreaker(
                limits.breakerFailures(), limits.breakerPause().toNanos());
        this.places = new Semaphore(limits.concurrentMax());
        this.waiting = new Semaphore(limits.waitingMax());
    }

    /// How long a right to load lasts without being renewed: as long as a reader waits who has nothing else,
    /// since after the death of a loader that is what he waits for.
    public static long leaseMillis(LoadLimits limits) {
        return Math.clamp(limits.hardTimeout().toMillis(), LEASE_MILLIS_MIN, LEASE_MILLIS_MAX);
    }

    /// Loads one key, or joins its load, and waits for the end for at most `waitNanos`.
    public Outcome<V> load(Want want, long waitNanos) {
        Outcome<V> outcome = loadAll(List.of(want), waitNanos).get(want.key());
        return outcome == null ? new Outcome.Late<>() : outcome;
    }

    /// Loads several keys, each as [#load] does, within `waitNanos` together.
    public Map<String, Outcome<V>> loadAll(List<Want> wants, long waitNanos) {
        Map<String, Outcome<V>> outcomes = new LinkedHashMap<>();
        if (!waiting.tryAcquire()) {
            shed.add(wants.size());
            wants.forEach(want -> outcomes.put(want.key(), busy("reads wait for loads already")));
            return outcomes;
        }
        try {
            long deadline = clock.getAsLong() + waitNanos;
            Map<String, Load<V>> started = start(wants, waitNanos);
            started.forEach((key, load) -> outcomes.put(key, await(load, deadline)));
            return outcomes;
        } finally {
            waiting.release();
        }
    }

    /// Loads `want` in the background where there is room for it.
    public void refresh(Want want) {
        start(List.of(want), 0);
    }

    /// Somebody has changed `key` in the server: who comes from now on may not take the answer to a
    /// question asked before.
    public void changed(String key) {
        Load<V> load = underWay.get(key);
        if (load != null && load.isAsking) {
            load.isOutdated = true;
            underWay.remove(key, load);
        }
    }

    /// Whether the source is asked just now.
    public CircuitBreaker.State breaker() {
        return breaker.state();
    }

    public LoadCounts counts() {
        return new LoadCounts(
                loads.sum(),
                failures.sum(),
                joined.sum(),
                elsewhere.sum(),
                late.sum(),
                shed.sum(),
                cut.sum(),
                unfilled.sum());
    }

    /// Loads under way.
    public int size() {
        return underWay.size();
    }

    /// Ends what is under way; nothing is loaded any more.
    @Override
    public void close() {
        isClosed = true;
        underWay.values().forEach(load -> end(load, closed()));
    }

    private Outcome<V> await(Load<V> load, long deadline) {
        try {
            return load.outcome.get(Math.max(0, deadline - clock.getAsLong()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            late.increment();
            return new Outcome.Late<>();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Failed<>(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("outcomes are values", e);
        }
    }

    private Map<String, Load<V>> start(List<Want> wants, long waitNanos) {
        Map<String, Load<V>> found = new LinkedHashMap<>();
        List<Want> own = new ArrayList<>();
        for (Want want : wants) {
            Load<V> present = underWay.get(want.key());
            if (present == null) {
                own.add(want);
            } else {
                joined.increment();
                found.put(want.key(), present);
            }
        }
        int together = loader instanceof BatchLoader<V> ? BATCH_MAX : 1;
        for (int from = 0; from < own.size(); from += together) {
            startGroup(own.subList(from, Math.min(own.size(), from + together)), waitNanos, found);
        }
        return found;
    }

    private void startGroup(List<Want> group, long waitNanos, Map<String, Load<V>> found) {
        if (isClosed) {
            group.forEach(want -> found.put(want.key(), Load.ended(want, closed())));
            return;
        }
        if (!takePlace(waitNanos)) {
            shed.add(group.size());
            group.forEach(want -> found.put(want.key(), Load.ended(want, busy("loads are under way already"))));
            return;
        }
        List<Load<V>> mine = new ArrayList<>();
        for (Want want : group) {
            Load<V> fresh = new Load<>(want);
            Load<V> present = underWay.putIfAbsent(want.key(), fresh);
            if (present != null) {
                joined.increment();
                found.put(want.key(), present);
            } else if (hasEndedSince(want)) {
                end(fresh, new Outcome.Elsewhere<>());
                found.put(want.key(), fresh);
            } else {
                mine.add(fresh);
                found.put(want.key(), fresh);
            }
        }
        if (mine.isEmpty()) {
            places.release();
        } else {
            new LoadTask<>(this, mine).start();
        }
    }

    /// Asked after the key is registered here: whoever ends a load says so before he takes it off.
    private boolean hasEndedSince(Want want) {
        Long ended = endedNanos.getIfPresent(want.key());
        return ended != null && ended - want.seenNanos() >= 0;
    }

    private boolean takePlace(long waitNanos) {
        try {
            return waitNanos <= 0 ? places.tryAcquire() : places.tryAcquire(waitNanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static <V> Outcome<V> closed() {
        return new Outcome.Failed<>(new IllegalStateException("the client is closed"));
    }

    private Outcome<V> busy(String what) {
        return new Outcome.Failed<>(new IllegalStateException("as many as allowed, " + limits.waitingMax()
                + " waiting and " + limits.concurrentMax() + " loading: " + what));
    }

    // For tasks

    /// Ends `load` for all who wait for it, once.
    void end(Load<V> load, Outcome<V> outcome) {
        switch (outcome) {
            case Outcome.Loaded<V> _ -> endedNanos.put(load.want.key(), clock.getAsLong());
            case Outcome.Elsewhere<V> _ -> elsewhere.increment();
            case Outcome.Failed<V> _, Outcome.Late<V> _ -> {}
        }
        underWay.remove(load.want.key(), load);
        load.outcome.complete(outcome);
    }

    /// Asks the source; null when the breaker does not allow it.
    @Nullable
    Map<String, V> ask(List<Load<V>> granted) throws Exception {
        boolean mayCall = breaker.mayCall(clock.getAsLong());
        tellBreaker();
        if (!mayCall) {
            cut.add(granted.size());
            return null;
        }
        loads.add(granted.size());
        granted.forEach(load -> load.isAsking = true);
        long begunNanos = clock.getAsLong();
        boolean hasFailed = true;
        try {
            Map<String, V> values = call(granted);
            hasFailed = false;
            breaker.succeeded();
            tellBreaker();
            return values;
        } finally {
            granted.forEach(load -> load.isAsking = false);
            listener.asked(granted.size(), clock.getAsLong() - begunNanos, hasFailed);
        }
    }

    private void tellBreaker() {
        CircuitBreaker.State now = breaker.state();
        if (breakerTold.getAndSet(now) != now) {
            listener.breakerChanged(now);
        }
    }

    private Map<String, V> call(List<Load<V>> granted) throws Exception {
        if (loader instanceof BatchLoader<V> batch) {
            Map<String, Load<V>> byKey = new LinkedHashMap<>();
            granted.forEach(load -> byKey.put(load.want.key(), load));
            return batch.loadAll(byKey.keySet());
        }
        Map<String, V> values = new LinkedHashMap<>();
        for (Load<V> load : granted) {
            V value = loader.load(load.want.key());
            if (value != null) {
                values.put(load.want.key(), value);
            }
        }
        return values;
    }

    void failed(int keys) {
        failures.add(keys);
        breaker.failed(clock.getAsLong());
        tellBreaker();
    }

    void waited(long nanos) {
        listener.waited(nanos);
    }

    void notFilled(int keys) {
        unfilled.add(keys);
    }

    void leavePlace() {
        places.release();
    }

    Fills<V> fills() {
        return fills;
    }

    long now() {
        return clock.getAsLong();
    }

    long leaseMillis() {
        return leaseMillis(limits);
    }

    long loadNanosMax() {
        return loadNanosMax;
    }

    ScheduledExecutorService timer() {
        return timer;
    }
}
