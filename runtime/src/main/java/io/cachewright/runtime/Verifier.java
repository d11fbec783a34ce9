package io.cachewright.runtime;

import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Looks in production whether a near-cache keeps its promise: takes what is near, value by value and round and round,
/// asks the server for the same one, and where a source is given compares the server with that.
///
/// Each sample is one read of the server, and one of the source; what differed from the source is read once more. One
/// is under way at a time.
public final class Verifier<V> implements AutoCloseable {

    private static final long WATCHED_NANOS_MAX = TimeUnit.SECONDS.toNanos(10);
    private static final int SAMPLES_PER_SECOND_MAX = 1_000;

    private final Comparison<?, V> comparison;
    private final long pauseMillis;
    private final Thread thread;
    private volatile boolean isClosed;

    private Verifier(Comparison<?, V> comparison, int samplesPerSecond) {
        if (samplesPerSecond < 1 || samplesPerSecond > SAMPLES_PER_SECOND_MAX) {
            throw new IllegalArgumentException("samplesPerSecond must be 1 to 1,000, was " + samplesPerSecond);
        }
        this.comparison = comparison;
        this.pauseMillis = TimeUnit.SECONDS.toMillis(1) / samplesPerSecond;
        this.thread = Thread.ofVirtual()
                .name("cachewright-verifier-" + comparison.className())
                .unstarted(this::run);
    }

    /// Starts to verify `cache`, at the cost of so many reads of the server a second.
    public static <V> Verifier<V> start(NearCache<V> cache, int samplesPerSecond) {
        return start(KeySamples.of(cache), samplesPerSecond, null);
    }

    /// The same, and so many reads of the source: `source` gives the value of a whole server key, null for none.
    public static <V> Verifier<V> start(
            NearCache<V> cache, int samplesPerSecond, Function<String, ? extends @Nullable V> source) {
        return start(KeySamples.of(cache), samplesPerSecond, source);
    }

    /// The same for a class with loading, whose values in the server are in an envelope.
    public static <V> Verifier<V> start(LoadingCache<V> cache, int samplesPerSecond) {
        return start(cache.samples(), samplesPerSecond, null);
    }

    /// The same, and so many reads of the source: `source` gives the value of a whole server key, null for none.
    public static <V> Verifier<V> start(
            LoadingCache<V> cache, int samplesPerSecond, Function<String, ? extends @Nullable V> source) {
        return start(cache.samples(), samplesPerSecond, source);
    }

    /// The same for a class of hashes, of which each field is a sample.
    public static <V> Verifier<V> start(FieldCache<V> cache, int samplesPerSecond) {
        return start(cache.samples(), samplesPerSecond, null);
    }

    /// The same, and so many reads of the source: `source` gives the value of a field, by the whole server key of its
    /// hash and its name, null for none.
    public static <V> Verifier<V> start(
            FieldCache<V> cache, int samplesPerSecond, BiFunction<String, String, ? extends @Nullable V> source) {
        return start(cache.samples(), samplesPerSecond, place -> source.apply(place.key(), place.field()));
    }

    private static <P, V> Verifier<V> start(
            Samples<P, V> samples, int samplesPerSecond, @Nullable Function<P, ? extends @Nullable V> source) {
        Verifier<V> verifier = new Verifier<>(new Comparison<>(samples, source, WATCHED_NANOS_MAX), samplesPerSecond);
        verifier.thread.start();
        return verifier;
    }

    /// What was found so far.
    public Verification found() {
        return comparison.found();
    }

    private void run() {
        while (!isClosed) {
            try {
                Thread.sleep(pauseMillis);
                comparison.step();
            } catch (InterruptedException _) {
                return;
            } catch (RuntimeException e) {
                comparison.failed(e);
            }
        }
    }

    @Override
    public void close() {
        isClosed = true;
        thread.interrupt();
    }
}
