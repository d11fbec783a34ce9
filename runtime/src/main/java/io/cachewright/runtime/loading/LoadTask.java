package io.cachewright.runtime.loading;

import io.cachewright.runtime.loading.Fills.Filling;
import io.cachewright.runtime.loading.Fills.Permit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One thread that brings one key, or the keys of one batch, from the source into the server; or waits until
/// another process has.
final class LoadTask<V> {

    private static final Logger LOG = LoggerFactory.getLogger(LoadTask.class);

    /// Waiters are woken by the change of the key. They look by themselves, ever more rarely, for the one who
    /// died or failed and changed nothing.
    private static final long LOOK_NANOS_MIN = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long LOOK_NANOS_MAX = TimeUnit.MILLISECONDS.toNanos(500);

    private final Loads<V> loads;
    private final List<Load<V>> all;
    private final String token = UUID.randomUUID().toString();
    /// Whether the failure of the source was told, by the limit in time or by the source.
    private final AtomicBoolean hasFailed = new AtomicBoolean();

    LoadTask(Loads<V> loads, List<Load<V>> all) {
        this.loads = loads;
        this.all = List.copyOf(all);
    }

    void start() {
        Thread thread = Thread.ofVirtual().name("cachewright-load").unstarted(this::run);
        Future<?> limit = loads.timer().schedule(() -> overdue(thread), loads.loadNanosMax(), TimeUnit.NANOSECONDS);
        for (Load<V> load : all) {
            var _ = load.outcome.whenComplete((_, _) -> {
                if (all.stream().allMatch(each -> each.outcome.isDone())) {
                    limit.cancel(false);
                }
            });
        }
        thread.start();
    }

    private void overdue(Thread thread) {
        if (all.stream().anyMatch(load -> load.isAsking) && hasFailed.compareAndSet(false, true)) {
            loads.failed(all.size());
        }
        endRest(new TimeoutException("not loaded within " + TimeUnit.NANOSECONDS.toMillis(loads.loadNanosMax())
                + " ms, twice the hard timeout"));
        thread.interrupt();
    }

    private void run() {
        try {
            bring();
        } catch (Exception e) {
            endRest(e);
        } finally {
            endRest(new IllegalStateException("ended without an outcome"));
            loads.leavePlace();
        }
    }

    private void bring() throws InterruptedException {
        long waitedNanos = 0;
        try {
            List<Load<V>> pending = all;
            long lookNanos = LOOK_NANOS_MIN;
            while (!pending.isEmpty()) {
                try (Fills.Watch watch = loads.fills().watch(keysOf(pending))) {
                    pending = whatOthersLoad(pending);
                    if (!pending.isEmpty()) {
                        long begunNanos = loads.now();
                        watch.await(lookNanos / 2 + ThreadLocalRandom.current().nextLong(lookNanos / 2));
                        waitedNanos += loads.now() - begunNanos;
                        lookNanos = Math.min(LOOK_NANOS_MAX, lookNanos * 2);
                    }
                }
            }
        } finally {
            if (waitedNanos > 0) {
                loads.waited(waitedNanos);
            }
        }
    }

    /// Loads what of `pending` it may; the rest, for which it has to wait.
    private List<Load<V>> whatOthersLoad(List<Load<V>> pending) throws InterruptedException {
        Map<String, Permit> permits =
                loads.fills().acquire(pending.stream().map(load -> load.want).toList(), token);
        List<Load<V>> granted = new ArrayList<>();
        List<Load<V>> held = new ArrayList<>();
        for (Load<V> load : pending) {
            switch (permits.getOrDefault(load.want.key(), Permit.HELD)) {
                case GRANTED -> granted.add(load);
                case HELD -> held.add(load);
                case FRESH -> loads.end(load, new Outcome.Elsewhere<>());
            }
        }
        if (!granted.isEmpty()) {
            load(granted);
        }
        return held.stream().filter(load -> !load.outcome.isDone()).toList();
    }

    private void load(List<Load<V>> granted) throws InterruptedException {
        List<String> keys = keysOf(granted);
        // Two renewals may come too late before the right is lost.
        long renewMillis = loads.leaseMillis() / 3;
        Future<?> renewal = loads.timer()
                .scheduleAtFixedRate(
                        () -> loads.fills().renew(keys, token), renewMillis, renewMillis, TimeUnit.MILLISECONDS);
        long started = loads.now();
        Map<String, V> values;
        try {
            values = loads.ask(granted);
        } catch (Exception e) {
            renewal.cancel(false);
            if (hasFailed.compareAndSet(false, true)) {
                loads.failed(granted.size());
            }
            release(keys);
            granted.forEach(load -> loads.end(load, new Outcome.Failed<>(e)));
            if (e instanceof InterruptedException interrupted) {
                throw interrupted;
            }
            return;
        }
        renewal.cancel(false);
        if (values == null) {
            release(keys);
            granted.forEach(load -> loads.end(
                    load, new Outcome.Failed<>(new IllegalStateException("the source has failed too often lately"))));
            return;
        }
        long took = loads.now() - started;
        List<Load<V>> current =
                granted.stream().filter(load -> !load.isOutdated).toList();
        if (current.size() < granted.size()) {
            loads.notFilled(granted.size() - current.size());
            release(keysOf(granted.stream().filter(load -> load.isOutdated).toList()));
        }
        if (!current.isEmpty()) {
            fill(current.stream()
                    .map(load -> new Filling<>(load.want, values.get(load.want.key()), started, took))
                    .toList());
        }
        granted.forEach(load -> loads.end(load, new Outcome.Loaded<>(values.get(load.want.key()), started)));
    }

    /// The readers get their value even where the server cannot be filled.
    private void fill(List<Filling<V>> fillings) {
        try {
            loads.notFilled(fillings.size() - loads.fills().fill(fillings, token));
        } catch (RuntimeException e) {
            loads.notFilled(fillings.size());
            LOG.debug("not filled: {} and {} more", fillings.getFirst().want().key(), fillings.size() - 1, e);
        }
    }

    private void release(List<String> keys) {
        try {
            loads.fills().release(keys, token);
        } catch (RuntimeException e) {
            LOG.debug("not released: {} and {} more; their leases will end", keys.getFirst(), keys.size() - 1, e);
        }
    }

    private void endRest(Exception cause) {
        all.stream()
                .filter(load -> !load.outcome.isDone())
                .forEach(load -> loads.end(load, new Outcome.Failed<>(cause)));
    }

    private static <V> List<String> keysOf(List<Load<V>> loads) {
        return loads.stream().map(load -> load.want.key()).toList();
    }
}
