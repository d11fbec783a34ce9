package io.cachewright.runtime;

import io.cachewright.domain.policy.CacheClass;
import io.cachewright.domain.policy.Freshness;
import io.cachewright.domain.policy.InvalidationGraph;
import io.cachewright.domain.policy.InvalidationGraph.Step;
import io.cachewright.runtime.Routing.Repeat;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Invalidates keys, tags and classes and what follows from them, and lets what is changed together be
/// seen together.
///
/* Steps go out one after another, each in batches, and each is acknowledged before the next: what is computed from
 * something else is not computed anew before that is invalid.
 *
 * A group is everything with one tag. Its change closes the tag's generation (a negative number, for a limited time),
 * lets its caller write to the source, and opens it with a new number. Who wants to see the group unmixed asks for the
 * generation before and after his reads, each time proved as of that moment: when it is open and the same, all values
 * carry it, and were loaded after the change before and before the change after. A writer who dies in between leaves the
 * generation closed until its time ends; then it is gone, and matches nothing.
 */
final class Invalidator {

    private static final int BATCH_MAX = 512;
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /// KEYS generation; ARGV new one. A closed one stays: who closed it will open it with a new number.
    private static final ServerScript BUMP = new ServerScript("""
            local now = redis.call('GET', KEYS[1])
            if now and string.sub(now, 1, 1) == '-' then return 0 end
            redis.call('SET', KEYS[1], ARGV[1])
            return 1
            """);

    /// KEYS generation; ARGV closed number, ms.
    private static final ServerScript CLOSE = new ServerScript("""
            local now = redis.call('GET', KEYS[1])
            if now == ARGV[1] then return 1 end
            if now and string.sub(now, 1, 1) == '-' then return 0 end
            redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
            return 1
            """);

    /// KEYS generation; ARGV closed number, new one, another one for when the time of the closed one was over: one
    /// that nobody can have loaded under, should this be a late repetition.
    private static final ServerScript OPEN = new ServerScript("""
            local now = redis.call('GET', KEYS[1])
            if now == ARGV[2] then return 1 end
            if now == ARGV[1] then
                redis.call('SET', KEYS[1], ARGV[2])
                return 1
            end
            if now and string.sub(now, 1, 1) == '-' then return 0 end
            redis.call('SET', KEYS[1], ARGV[3])
            return 0
            """);

    private final InvalidationGraph graph;
    private final Routing routing;
    private final LinkClock clock;
    private final Duration timeout;
    private final Generations strict;
    private final Duration bound;
    private final InvalidationLatency latency;
    private final List<String> loadingPrefixes;
    private final List<Writes> logged;

    Invalidator(
            Collection<CacheClass> classes,
            InvalidationGraph graph,
            Routing routing,
            LinkClock clock,
            Duration timeout,
            Generations strict,
            InvalidationLatency latency,
            List<Writes> logged) {
        this.graph = graph;
        this.routing = routing;
        this.clock = clock;
        this.timeout = timeout;
        this.strict = strict;
        this.latency = latency;
        this.logged = logged;
        this.loadingPrefixes = classes.stream()
                .filter(each -> each.loading().isPresent())
                .map(CacheClass::prefix)
                .toList();
        this.bound = classes.stream()
                .map(each -> each.freshness() instanceof Freshness.Bounded(Duration most) ? most : Duration.ZERO)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    Invalidation keys(Collection<String> keys) {
        return run(graph.from(keys));
    }

    /// @throws IllegalArgumentException when no class carries `tag`
    Invalidation tag(String tag) {
        requireCarried(tag);
        return tagOfAnybody(tag);
    }

    /// The same for one that perhaps only clients with another policy carry.
    Invalidation tagOfAnybody(String tag) {
        return run(graph.fromTag(tag));
    }

    Invalidation wholeClass(String name) {
        return run(graph.fromClass(name));
    }

    private Invalidation run(List<Step> steps) {
        long begun = clock.nanoTime();
        JfrEvents.Invalidated event = new JfrEvents.Invalidated();
        event.begin();
        try {
            Invalidation done = carryOut(steps);
            long nanos = clock.nanoTime() - begun;
            latency.tell(each -> each.acknowledged(done, nanos));
            event.keys = done.keys();
            event.tags = done.tags();
            event.classes = done.classes();
            event.isAcknowledged = true;
            return done;
        } catch (CacheException e) {
            long nanos = clock.nanoTime() - begun;
            latency.tell(each -> each.failed(nanos));
            throw e;
        } finally {
            event.commit();
        }
    }

    private Invalidation carryOut(List<Step> steps) {
        int keys = 0;
        int tags = 0;
        int classes = 0;
        int done = 0;
        try {
            for (Step step : steps) {
                List<Supplier<CompletableFuture<?>>> writes = new ArrayList<>();
                step.keys().forEach(key -> writes.add(() -> delete(key)));
                step.tags().forEach(tag -> writes.add(() -> bump(Generations.nameOfTag(tag))));
                step.classes().forEach(name -> writes.add(() -> bump(Generations.nameOfClass(name))));
                sendAll(writes);
                keys += step.keys().size();
                tags += step.tags().size();
                classes += step.classes().size();
                done++;
            }
        } catch (CacheException.Unavailable e) {
            throw new CacheException.Unavailable(
                    "acknowledged were " + done + " of " + steps.size()
                            + " steps of the invalidation, the next perhaps in part; it can be repeated",
                    e);
        }
        return new Invalidation(keys, tags, classes, bound, clock);
    }

    private void sendAll(List<Supplier<CompletableFuture<?>>> writes) {
        for (int from = 0; from < writes.size(); from += BATCH_MAX) {
            List<CompletableFuture<?>> sent = writes.subList(from, Math.min(writes.size(), from + BATCH_MAX)).stream()
                    .<CompletableFuture<?>>map(Supplier::get)
                    .toList();
            sent.forEach(this::await);
        }
    }

    private CompletableFuture<?> delete(String key) {
        for (Writes writes : logged) {
            if (writes.areOf(key)) {
                // Or whoever catches up by the log would not hear of it.
                return writes.deleted(key, Repeat.HARMLESS);
            }
        }
        if (loadingPrefixes.stream().noneMatch(key::startsWith)) {
            return unlink(key);
        }
        // The lease goes first, and for certain: a load that began before is not brought in after.
        String lease = LeaseKey.of(key);
        return routing.call(lease, () -> Commands.unlink(lease)).thenCompose(_ -> unlink(key));
    }

    private CompletableFuture<?> unlink(String key) {
        latency.sent(key);
        return told(key, routing.write(key, () -> Commands.unlink(key)).thenApply(deleted -> deleted > 0));
    }

    private CompletableFuture<?> told(String key, CompletableFuture<Boolean> hasChanged) {
        latency.measure(key, hasChanged);
        return hasChanged;
    }

    private CompletableFuture<?> bump(String stampName) {
        String key = Generations.keyOf(stampName);
        latency.sent(key);
        // Another number at each attempt: a late repetition must not bring one back that was left since.
        return told(key, call(BUMP, key, () -> List.of(Generations.fresh())).thenApply(bumped -> bumped > 0));
    }

    private CompletableFuture<Long> call(ServerScript script, String key, Supplier<List<Long>> numbers) {
        return script.call(
                command -> routing.write(key, command),
                List.of(key),
                () -> numbers.get().stream()
                        .map(number -> number.toString().getBytes(StandardCharsets.US_ASCII))
                        .toList());
    }

    // Together

    /// Lets `write` change the source of everything with `tag`, so that no one who reads it together sees
    /// it mixed.
    ///
    /// @param atMost how long the change may take: after it, the group is open again whether the writer lives
    ///     or not
    Invalidation change(String tag, Duration atMost, Runnable write) {
        String key = Generations.keyOf(Generations.nameOfTag(tag));
        long closed = close(tag, atMost);
        long opened = Generations.fresh();
        boolean wasInTime;
        try {
            write.run();
        } finally {
            wasInTime = await(call(OPEN, key, () -> List.of(closed, opened, Generations.fresh()))) == 1;
        }
        if (!wasInTime) {
            throw new CacheException.Unavailable("the change of " + tag + " took longer than " + atMost.toMillis()
                    + " ms: it was done, and readers may have seen it in part");
        }
        return run(graph.fromTag(tag));
    }

    /// Closes the generation of `tag` and returns the number that says so.
    long close(String tag, Duration atMost) {
        requireCarried(tag);
        String key = Generations.keyOf(Generations.nameOfTag(tag));
        long closed = -Generations.fresh();
        long deadline = clock.nanoTime() + timeout.toNanos();
        while (await(call(CLOSE, key, () -> List.of(closed, atMost.toMillis()))) == 0) {
            pause(deadline, "another change of " + tag + " is under way");
        }
        return closed;
    }

    /// What `reads` returns when all values with `tag` that it read are of one state of the source.
    <T> T together(String tag, Supplier<T> reads) {
        requireCarried(tag);
        String key = Generations.keyOf(Generations.nameOfTag(tag));
        long deadline = clock.nanoTime() + timeout.toNanos();
        while (true) {
            long before = strict.current(key);
            if (before > 0) {
                T result = reads.get();
                if (strict.current(key) == before) {
                    return result;
                }
            }
            pause(deadline, "values with " + tag + " were being changed all the time");
        }
    }

    private void requireCarried(String tag) {
        if (!graph.isCarried(tag)) {
            List<String> tags = graph.tags();
            throw new IllegalArgumentException("no class of this client carries " + tag + "; its policy declares "
                    + (tags.isEmpty() ? "no tags" : "these tags: " + String.join(", ", tags)));
        }
    }

    private void pause(long deadline, String why) {
        if (clock.nanoTime() - deadline >= 0) {
            throw new CacheException.Unavailable(why + " for " + timeout.toMillis() + " ms");
        }
        try {
            TimeUnit.NANOSECONDS.sleep(
                    LOOK_NANOS / 2 + ThreadLocalRandom.current().nextLong(LOOK_NANOS));
        } catch (InterruptedException e) {
            throw Failures.interrupted(e);
        }
    }

    private <T> T await(CompletableFuture<T> answer) {
        return Failures.await(answer, timeout);
    }
}
