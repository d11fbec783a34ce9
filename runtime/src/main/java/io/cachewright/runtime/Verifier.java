package io.cachewright.runtime;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks in production whether a near-cache keeps its promise: takes what is near, key by key and round and round, asks
/// the server for the same key, and where a source is given compares the server with that.
///
/* A difference alone means nothing: the value may have changed a moment ago and the invalidation be on its way. But the
 * server's answer dates the change: it happened before the answer came, at A. So the entry is watched until it is gone,
 * which is how it should be, or until its link has proved an instant after A. Then every reader is told that nothing
 * acknowledged before that instant is missing from a value of which it is known that something is: it is stale.
 * The idea is that of Polaris ("Cache made consistent", Meta 2022): watch an anomaly over time before you call it one.
 */
public final class Verifier<V> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Verifier.class);

    private static final int WATCHED_MAX = 1_024;
    private static final long WATCHED_NANOS_MAX = TimeUnit.SECONDS.toNanos(10);

    /// A difference between near and server, found by an answer that came at `answeredNanos`.
    private record Difference<V>(String key, Samples.Sample<V> near, long answeredNanos) {}

    /// A difference between server and source.
    private record SourceDifference<V>(String key, @Nullable V ofSource, long seenNanos) {}

    private final Samples<?, V> samples;
    private final LinkClock clock;
    private final long pauseMillis;
    private final long watchedNanosMax;
    private final @Nullable Function<String, ? extends @Nullable V> source;
    private final Deque<Difference<V>> watched = new ArrayDeque<>();
    private final Deque<SourceDifference<V>> sourceWatched = new ArrayDeque<>();
    private final AtomicLong consistent = new AtomicLong();
    private final AtomicLong inFlight = new AtomicLong();
    private final AtomicLong stale = new AtomicLong();
    private final AtomicLong unverifiable = new AtomicLong();
    private final AtomicLong sourceChecked = new AtomicLong();
    private final AtomicLong sourceMismatches = new AtomicLong();
    private final Thread thread;
    private Iterator<String> keys = Collections.emptyIterator();
    private volatile boolean isClosed;

    private Verifier(
            Samples<?, V> samples,
            int keysPerSecond,
            long watchedNanosMax,
            @Nullable Function<String, ? extends @Nullable V> source) {
        if (keysPerSecond < 1 || keysPerSecond > 1_000) {
            throw new IllegalArgumentException("keysPerSecond must be 1 to 1,000, was " + keysPerSecond);
        }
        this.samples = samples;
        this.clock = samples.clock();
        this.pauseMillis = TimeUnit.SECONDS.toMillis(1) / keysPerSecond;
        this.watchedNanosMax = watchedNanosMax;
        this.source = source;
        this.thread = Thread.ofVirtual()
                .name("cachewright-verifier-" + samples.policy().name())
                .unstarted(this::run);
    }

    /// Starts to verify `cache`, at the cost of so many reads of the server a second.
    public static <V> Verifier<V> start(NearCache<V> cache, int keysPerSecond) {
        return start(Samples.of(cache), keysPerSecond, null);
    }

    /// The same, and so many reads of the source: `source` gives the value of a whole server key, null for none.
    public static <V> Verifier<V> start(
            NearCache<V> cache, int keysPerSecond, Function<String, ? extends @Nullable V> source) {
        return start(Samples.of(cache), keysPerSecond, source);
    }

    /// The same for a class with loading, whose values in the server are in an envelope.
    public static <V> Verifier<V> start(LoadingCache<V> cache, int keysPerSecond) {
        return start(cache.samples(), keysPerSecond, null);
    }

    /// The same, and so many reads of the source: `source` gives the value of a whole server key, null for none.
    public static <V> Verifier<V> start(
            LoadingCache<V> cache, int keysPerSecond, Function<String, ? extends @Nullable V> source) {
        return start(cache.samples(), keysPerSecond, source);
    }

    private static <V> Verifier<V> start(
            Samples<?, V> samples, int keysPerSecond, @Nullable Function<String, ? extends @Nullable V> source) {
        Verifier<V> verifier = new Verifier<>(samples, keysPerSecond, WATCHED_NANOS_MAX, source);
        verifier.thread.start();
        return verifier;
    }

    /// One that moves only when it is told to.
    static <V> Verifier<V> still(
            NearCache<V> cache, long watchedNanosMax, @Nullable Function<String, ? extends @Nullable V> source) {
        return new Verifier<>(Samples.of(cache), 1, watchedNanosMax, source);
    }

    /// The same for a class with loading.
    static <V> Verifier<V> still(
            LoadingCache<V> cache, long watchedNanosMax, @Nullable Function<String, ? extends @Nullable V> source) {
        return new Verifier<>(cache.samples(), 1, watchedNanosMax, source);
    }

    /// What was found so far.
    public Verification found() {
        return new Verification(
                samples.policy().name(),
                consistent.get(),
                inFlight.get(),
                stale.get(),
                unverifiable.get(),
                sourceChecked.get(),
                sourceMismatches.get());
    }

    private void run() {
        while (!isClosed) {
            try {
                Thread.sleep(pauseMillis);
                step();
            } catch (InterruptedException _) {
                return;
            } catch (RuntimeException e) {
                unverifiable.incrementAndGet();
                LOG.debug(
                        "class {}: a sample could not be verified",
                        samples.policy().name(),
                        e);
            }
        }
    }

    /// Settles what can be settled, and looks at one more key.
    void step() {
        settle();
        settleSource();
        if (!keys.hasNext()) {
            keys = samples.keys();
        }
        if (keys.hasNext()) {
            look(keys.next());
        }
    }

    private void look(String key) {
        Samples.Sample<V> near = samples.near(key);
        if (near == null) {
            return;
        }
        V remote = samples.remote(key);
        long answered = clock.nanoTime();
        if (samples.isSame(near.value(), remote)) {
            consistent.incrementAndGet();
        } else if (watched.size() < WATCHED_MAX) {
            watched.add(new Difference<>(key, near, answered));
        } else {
            unverifiable.incrementAndGet();
        }
        if (source != null) {
            compareWithSource(source, key, remote);
        }
    }

    /// What is watched longest comes first.
    private void settle() {
        for (int left = watched.size(); left > 0; left--) {
            Difference<V> difference = watched.remove();
            Entry<?> entry = difference.near.entry();
            // In this order, as readers ask: see Entry.
            long proved = entry.proof.provedNanos();
            if (!samples.isNearStill(difference.key, difference.near)) {
                inFlight.incrementAndGet();
            } else if (entry.currentAsOf(proved) - difference.answeredNanos >= 0) {
                stale.incrementAndGet();
                LOG.warn(
                        "class {}: a value near is stale although the link has proved it: {}",
                        samples.policy().name(),
                        difference.key);
            } else if (clock.nanoTime() - difference.answeredNanos > watchedNanosMax) {
                unverifiable.incrementAndGet();
            } else {
                watched.add(difference);
            }
        }
    }

    private void compareWithSource(Function<String, ? extends @Nullable V> from, String key, @Nullable V remote) {
        V ofSource = from.apply(key);
        sourceChecked.incrementAndGet();
        if (!samples.isSame(ofSource, remote) && sourceWatched.size() < WATCHED_MAX) {
            sourceWatched.add(new SourceDifference<>(key, ofSource, clock.nanoTime()));
        }
    }

    /// After the time that the class allows a value near, the server must have what the source has.
    private void settleSource() {
        long allowed = Math.min(watchedNanosMax, samples.policy().nearTtl().toNanos());
        while (source != null
                && !sourceWatched.isEmpty()
                && clock.nanoTime() - sourceWatched.getFirst().seenNanos > allowed) {
            SourceDifference<V> difference = sourceWatched.remove();
            V ofSource = source.apply(difference.key);
            V remote = samples.remote(difference.key);
            if (samples.isSame(ofSource, difference.ofSource) && !samples.isSame(ofSource, remote)) {
                sourceMismatches.incrementAndGet();
            }
        }
    }

    @Override
    public void close() {
        isClosed = true;
        thread.interrupt();
    }
}
