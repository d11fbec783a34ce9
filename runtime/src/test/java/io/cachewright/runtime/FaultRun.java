package io.cachewright.runtime;

import static io.cachewright.runtime.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachewright.domain.policy.Freshness;
import io.cachewright.lab.server.ServerSettings;
import io.cachewright.runtime.coherence.LinkState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A client behind a faulty network, read by several threads in every class while a writer that the client does
/// not know changes the keys; all that is read and written goes into a history.
final class FaultRun<W extends World> implements AutoCloseable {

    static final Duration BOUND = Duration.ofMillis(250);

    private static final int KEYS_PER_CLASS = 8;
    private static final int READERS_PER_CLASS = 2;
    private static final long WRITTEN_WITHIN_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long WRITE_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    /// A bound on what one thread records, above what it reaches in a test.
    private static final int READS_MAX = 400_000;

    /// Paces readers, so that a history stays small without leaving a gap that a fault could hide in.
    private static final long READ_PAUSE_NANOS = 20_000;

    /// So long that no read is given up only because this machine is slow.
    static final Duration AMPLE = Duration.ofSeconds(20);

    /// The same for a link, which is given up after twice as long. No longer, since a client's timer goes by it.
    static final Duration PATIENT_DETECTION = Duration.ofSeconds(2);

    final W world;
    final CachewrightClient client;
    final History history = new History();
    final AtomicLong failures = new AtomicLong();
    final AtomicLong refusals = new AtomicLong();

    private final List<NearCache<Integer>> caches = new ArrayList<>();
    private final List<String> keys = new ArrayList<>();
    private final Set<String> written;
    private final ConcurrentHashMap<String, Integer> versions = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> running = new ArrayList<>();
    /// Held from before a write until the history has it.
    private final Object write = new Object();
    private @Nullable Future<?> writer;
    private volatile boolean isOver;
    private volatile boolean isWriting = true;

    FaultRun(W world, ClientUnderTest setup) {
        this.world = world;
        this.written = setup.written();
        client = setup.open(world);
        for (String name : ClientUnderTest.CLASSES) {
            caches.add(client.nearCache(name, setup.codec()));
            for (int i = 0; i < KEYS_PER_CLASS; i++) {
                keys.add(name + ":" + i);
            }
        }
        write(keys);
    }

    static FaultRun<World.Single> withAllGuards() {
        return of(ClientUnderTest.guarded());
    }

    static FaultRun<World.Single> with(Links.LinkFactory links) {
        return of(ClientUnderTest.guarded().with(links));
    }

    static FaultRun<World.Single> with(Links.LinkFactory links, Codec<Integer> codec) {
        return of(ClientUnderTest.guarded().with(links).with(codec));
    }

    static FaultRun<World.Single> of(ClientUnderTest setup) {
        return new FaultRun<>(new World.Single(ServerSettings.onTcp()), setup);
    }

    static <W extends World> FaultRun<W> on(W world, Links.LinkFactory links) {
        return new FaultRun<>(world, ClientUnderTest.guarded().with(links));
    }

    /// Starts the readers and the writer, and returns when every reader has read.
    FaultRun<W> start() throws InterruptedException {
        CountDownLatch warm = new CountDownLatch(caches.size() * READERS_PER_CLASS);
        for (NearCache<Integer> cache : caches) {
            for (int i = 0; i < READERS_PER_CLASS; i++) {
                running.add(threads.submit(() -> readAll(cache, warm)));
            }
        }
        goOnWriting();
        assertThat(warm.await(60, TimeUnit.SECONDS)).as("every reader reads").isTrue();
        return this;
    }

    void pass(long millis) throws InterruptedException {
        Thread.sleep(millis);
    }

    /// Ends all threads and says what cannot be true.
    List<String> violations() throws InterruptedException, ExecutionException {
        isOver = true;
        for (Future<?> task : running) {
            task.get();
        }
        return history.violations();
    }

    /// What the checker sees of `fault`, which is brought about again until it sees something: a machine so busy
    /// that a link is lost meanwhile may hide what a missing guard lets through.
    List<String> violationsOf(Eventually.Step fault) throws Exception {
        Eventually.repeat(fault, this::hasViolations);
        return violations();
    }

    private boolean hasViolations() {
        // What is read of a write that is not in the history yet would be from the future.
        synchronized (write) {
            return !history.violations().isEmpty();
        }
    }

    /// Returns when the writer has ended: each key has one at a time.
    void stopWriting() throws InterruptedException {
        isWriting = false;
        Future<?> current = writer;
        if (current != null) {
            try {
                current.get();
            } catch (ExecutionException e) {
                throw new AssertionError("the writer failed", e.getCause());
            }
        }
    }

    void goOnWriting() {
        isWriting = true;
        Future<?> next = threads.submit(this::writeSome);
        writer = next;
        running.add(next);
    }

    /// Writes the next version of each of `wanted` and returns when all are acknowledged.
    void write(List<String> wanted) {
        try (World.Writer writer = world.writer()) {
            for (String key : wanted) {
                long begun = System.nanoTime();
                while (!write(writer, key)) {
                    assertThat(System.nanoTime() - begun)
                            .as("a write of " + key)
                            .isLessThan(WRITTEN_WITHIN_NANOS);
                    LockSupport.parkNanos(WRITE_AGAIN_NANOS);
                }
            }
        }
    }

    /// Until each key is served near: what happens to it next happens to what is kept.
    void awaitNear() throws InterruptedException {
        for (String key : keys) {
            eventually(() -> {
                try {
                    return cacheOf(key).read(key).source() == Source.NEAR;
                } catch (CacheException _) {
                    return false;
                }
            });
        }
    }

    /// Reads each key once, beside the readers.
    void readEach() {
        try (History.Recorder reads = history.new Recorder()) {
            keys.forEach(key -> read(cacheOf(key), key, reads));
        }
    }

    /// All keys got their next version at once, from `begun` to `acknowledged`: that they do not exist.
    void deletedAll(long begun, long acknowledged) {
        keys.forEach(key -> deleted(key, begun, acknowledged));
    }

    void deleted(String key, long begun, long acknowledged) {
        history.deleted(key, begun, acknowledged);
        versions.merge(key, 1, Integer::sum);
    }

    void awaitLive() throws InterruptedException {
        eventually(() -> client.linkState() == LinkState.LIVE);
    }

    /// Until links are live of which one was armed after there had been `before`.
    void awaitArmedAfter(long before) throws InterruptedException {
        eventually(() -> client.linksArmed() > before && client.linkState() == LinkState.LIVE);
    }

    /// Once all is quiet, every class reads what the server holds.
    void assertNothingStaleForGood() throws InterruptedException {
        awaitLive();
        pass(BOUND.toMillis());
        try (World.Writer direct = world.writer()) {
            for (String key : keys) {
                assertThat(String.valueOf(readOnceProved(key))).as(key).isEqualTo(String.valueOf(direct.read(key)));
            }
        }
    }

    /// What is read of `key` when everything that was on its way has come. A machine that is too busy to prove that is
    /// waited for.
    @Nullable
    Integer readOnceProved(String key) throws InterruptedException {
        List<Answer<Integer>> seen = new ArrayList<>();
        eventually(() -> {
            try {
                if (client.links().of(key).proofSince(System.nanoTime()).get(1, TimeUnit.SECONDS)) {
                    seen.add(cacheOf(key).read(key));
                }
            } catch (CacheException | ExecutionException | TimeoutException _) {
                return false;
            }
            return !seen.isEmpty() && seen.getLast().source() != Source.STALE;
        });
        return seen.getLast().value();
    }

    List<String> keys() {
        return keys;
    }

    int versionOf(String key) {
        return versions.getOrDefault(key, 0);
    }

    NearCache<Integer> cacheOf(String key) {
        return caches.stream()
                .filter(cache -> key.startsWith(cache.policy().prefix()))
                .findFirst()
                .orElseThrow();
    }

    /// Writes the next version of `key`; false when it may be lost.
    boolean write(World.Writer writer, String key) {
        synchronized (write) {
            int version = versions.getOrDefault(key, 0) + 1;
            written.add(key);
            long begun = System.nanoTime();
            boolean isAcknowledged = writer.write(key, Integer.toString(version));
            history.wrote(key, begun, isAcknowledged ? System.nanoTime() : History.NEVER);
            versions.put(key, version);
            return isAcknowledged;
        }
    }

    private void writeSome() {
        SplittableRandom random = new SplittableRandom(1);
        try (World.Writer writer = world.writer()) {
            while (!isOver && isWriting) {
                write(writer, keys.get(random.nextInt(keys.size())));
                Thread.sleep(0, 200_000);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void readAll(NearCache<Integer> cache, CountDownLatch warm) {
        String[] own = keys.stream()
                .filter(key -> key.startsWith(cache.policy().prefix()))
                .toArray(String[]::new);
        SplittableRandom random = new SplittableRandom(Arrays.hashCode(own));
        try (History.Recorder reads = history.new Recorder()) {
            for (int i = 0; !isOver && i < READS_MAX; i++) {
                read(cache, own[random.nextInt(own.length)], reads);
                if (i == own.length * 2) {
                    warm.countDown();
                }
                LockSupport.parkNanos(READ_PAUSE_NANOS);
            }
        }
    }

    private void read(NearCache<Integer> cache, String key, History.Recorder reads) {
        long bound = switch (cache.policy().freshness()) {
            case Freshness.Strict() -> -1;
            case Freshness.Bounded(Duration most) -> most.toNanos();
            case Freshness.BestEffort() -> Long.MAX_VALUE;
        };
        long invoked = System.nanoTime();
        try {
            reads.add(History.Read.of(key, invoked, cache.read(key), bound));
        } catch (CacheException.Refused _) {
            refusals.incrementAndGet();
        } catch (CacheException _) {
            failures.incrementAndGet();
        }
    }

    @Override
    public void close() {
        isOver = true;
        world.restore();
        threads.close();
        client.close();
        world.close();
    }
}
