package io.cachewright.runtime;

import io.cachewright.runtime.coherence.ReadRule;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Compares what is near with the server and the source, one sample a step, and counts what it finds. One thread
/// steps; any may ask what was found.
///
/* A difference alone means nothing: the value may have changed a moment ago and the invalidation be on its way. But the
 * server's answer dates the change: it happened before the answer came, at A. So the entry is watched until it is gone,
 * which is how it should be, or until its link has proved an instant after A. Then every reader is told that nothing
 * acknowledged before that instant is missing from a value of which it is known that something is: it is stale. An entry
 * of which its link proves nothing is told to be as old as it is, and watched until it is too old to be served.
 * The idea is that of Polaris ("Cache made consistent", Meta 2022): watch an anomaly over time before you call it one.
 */
final class Comparison<P, V> {

    private static final Logger LOG = LoggerFactory.getLogger(Comparison.class);

    private static final int WATCHED_MAX = 1_024;

    /// A difference between near and server, found by an answer that came at `answeredNanos`.
    private record Difference<P>(P place, Entry<?> near, long answeredNanos) {}

    /// A difference between server and source.
    private record SourceDifference<P, V>(P place, @Nullable V ofSource, long seenNanos) {}

    private final Samples<P, V> samples;
    private final @Nullable Function<P, ? extends @Nullable V> source;
    private final LinkClock clock;
    private final long boundNanos;
    private final long watchedNanosMax;
    private final long sourceNanosMax;
    private final Deque<Difference<P>> watched = new ArrayDeque<>();
    private final Deque<SourceDifference<P, V>> sourceWatched = new ArrayDeque<>();
    private final AtomicLong consistent = new AtomicLong();
    private final AtomicLong inFlight = new AtomicLong();
    private final AtomicLong stale = new AtomicLong();
    private final AtomicLong unverifiable = new AtomicLong();
    private final AtomicLong sourceChecked = new AtomicLong();
    private final AtomicLong sourceMismatches = new AtomicLong();
    private Iterator<P> places = Collections.emptyIterator();

    Comparison(Samples<P, V> samples, @Nullable Function<P, ? extends @Nullable V> source, long watchedNanosMax) {
        this.samples = samples;
        this.source = source;
        this.clock = samples.clock();
        this.boundNanos = ReadRule.of(samples.policy()).boundNanos();
        this.watchedNanosMax = watchedNanosMax;
        this.sourceNanosMax =
                Math.min(watchedNanosMax, samples.policy().nearTtl().toNanos());
    }

    String className() {
        return samples.policy().name();
    }

    Verification found() {
        return new Verification(
                className(),
                consistent.get(),
                inFlight.get(),
                stale.get(),
                unverifiable.get(),
                sourceChecked.get(),
                sourceMismatches.get());
    }

    /// Settles what can be settled, and looks at one more place: reads the server twice at most.
    ///
    /// @throws RuntimeException when the server or the source did not answer: see [#failed]
    void step() {
        settle();
        settleSource();
        if (!places.hasNext()) {
            places = samples.places();
        }
        if (places.hasNext()) {
            look(places.next());
        }
    }

    /// A step has failed so.
    void failed(RuntimeException failure) {
        unverifiable.incrementAndGet();
        LOG.debug("class {}: a sample could not be verified", className(), failure);
    }

    private void look(P place) {
        Samples.Sample<V> near = isServed(samples.entry(place)) ? samples.near(place) : null;
        if (near == null) {
            return;
        }
        V remote = remote(place);
        long answered = clock.nanoTime();
        if (isSame(near.value(), remote)) {
            consistent.incrementAndGet();
        } else if (watched.size() < WATCHED_MAX) {
            watched.add(new Difference<>(place, near.entry(), answered));
        } else {
            unverifiable.incrementAndGet();
        }
        if (source != null) {
            compareWithSource(source, place, remote);
        }
    }

    /// A key of another type holds no value of the class.
    private @Nullable V remote(P place) {
        try {
            return samples.remote(place);
        } catch (CacheException.Rejected e) {
            if (Failures.isOfOtherType(e)) {
                return null;
            }
            throw e;
        }
    }

    private boolean isServed(@Nullable Entry<?> entry) {
        return entry != null && entry.isUsable() && !isPast(entry);
    }

    private boolean isPast(Entry<?> entry) {
        return entry.isPast(clock.nanoTime(), boundNanos);
    }

    /// Values that are equal, or encoded alike: arrays are never equal to another.
    private boolean isSame(@Nullable V one, @Nullable V other) {
        return Objects.equals(one, other)
                || (one != null
                        && other != null
                        && Arrays.equals(
                                samples.codec().encode(one), samples.codec().encode(other)));
    }

    /// What is watched longest comes first.
    private void settle() {
        for (int left = watched.size(); left > 0; left--) {
            Difference<P> difference = watched.remove();
            Entry<?> entry = difference.near;
            // In this order, as readers ask: see Entry.
            long proved = entry.proof.provedNanos();
            boolean isGone = samples.entry(difference.place) != entry || !entry.isUsable();
            if (!isGone && entry.currentAsOf(proved) - difference.answeredNanos >= 0) {
                stale.incrementAndGet();
                LOG.warn(
                        "class {}: a value near is stale although the link has proved it: {}",
                        className(),
                        difference.place);
            } else if (isGone || isPast(entry)) {
                inFlight.incrementAndGet();
            } else if (clock.nanoTime() - difference.answeredNanos > watchedNanosMax) {
                unverifiable.incrementAndGet();
            } else {
                watched.add(difference);
            }
        }
    }

    private void compareWithSource(Function<P, ? extends @Nullable V> from, P place, @Nullable V remote) {
        V ofSource = from.apply(place);
        if (isSame(ofSource, remote)) {
            sourceChecked.incrementAndGet();
        } else if (sourceWatched.size() < WATCHED_MAX) {
            sourceWatched.add(new SourceDifference<>(place, ofSource, clock.nanoTime()));
        }
    }

    /// After the time that the class allows a value near, the server must have what the source has. One a step, since
    /// no step adds more.
    private void settleSource() {
        if (source == null
                || sourceWatched.isEmpty()
                || clock.nanoTime() - sourceWatched.getFirst().seenNanos <= sourceNanosMax) {
            return;
        }
        SourceDifference<P, V> difference = sourceWatched.remove();
        V ofSource = source.apply(difference.place);
        V remote = remote(difference.place);
        sourceChecked.incrementAndGet();
        if (isSame(ofSource, difference.ofSource) && !isSame(ofSource, remote)) {
            sourceMismatches.incrementAndGet();
            LOG.warn("class {}: the server differs from the source: {}", className(), difference.place);
        }
    }
}
