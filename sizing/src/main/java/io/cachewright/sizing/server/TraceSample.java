package io.cachewright.sizing.server;

import io.cachewright.sizing.trace.KeyGroups;
import io.cachewright.sizing.trace.KeySample;
import io.cachewright.sizing.trace.Operation;
import io.cachewright.sizing.trace.Trace;
import io.cachewright.sizing.trace.TraceBuilder;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A share of a trace's keys with all their accesses, more of the popular keys, each with how many keys it stands for:
/// what servers of any size are estimated from ([ModelledServer#estimate]).
///
/// Of all other keys it knows how many there are, how often keys of each popularity are read, the bytes of all
/// together, and when accesses happen.
public final class TraceSample {

    /// Twins are spread over so many times the accesses that they stand for. Closer together, a key's twins would come
    /// in bursts of their own between its accesses.
    private static final double SPREAD = 10;

    private static final long SEED_DEFAULT = 1;
    private static final int POSITIONS_A_SLOT = 64;
    private static final int NUMBER_BITS = 31;

    private final Trace whole;
    private final long seed;
    private final StratifiedKeys keys;
    private final long[] readsByPopularity;
    private final Map<KeyFootprint, Long> bytesOfAll = new ConcurrentHashMap<>();

    /// A crowd of as many keys as were sampled, which all larger sizes of a curve share; null until one is played.
    private @Nullable Trace smallest;

    private TraceSample(Trace whole, KeySample share, long seed) {
        this.whole = whole;
        this.seed = seed;
        this.keys = new StratifiedKeys(whole, (int) Math.max(1, Math.round(whole.keyCount() * share.rate())), seed);
        this.readsByPopularity = readsByPopularity(whole);
    }

    /// @throws IllegalArgumentException when the trace is empty
    public static TraceSample of(Trace whole, KeySample share) {
        return of(whole, share, SEED_DEFAULT);
    }

    /// @param seed of the chance that picks the keys
    public static TraceSample of(Trace whole, KeySample share, long seed) {
        if (whole.length() == 0) {
            throw new IllegalArgumentException("nothing can be estimated from an empty trace: " + whole);
        }
        return new TraceSample(whole, share, seed);
    }

    /// How many keys are in it.
    public int keyCount() {
        return keys.count();
    }

    /// The share of the trace's keys that are in it.
    public double keyShare() {
        return (double) keys.count() / whole.keyCount();
    }

    /// The share of the trace's accesses that are of those keys.
    public double accessShare() {
        double accesses = 0;
        for (int i = 0; i < keys.count(); i++) {
            accesses += whole.accessesByKey()[keys.key(i)];
        }
        return accesses / whole.length();
    }

    Trace whole() {
        return whole;
    }

    /// Reads of the whole trace by the popularity of their key ([KeyGroups#byPopularity]).
    long readsOf(int popularity) {
        return readsByPopularity[popularity];
    }

    long bytesOfAll(KeyFootprint footprint) {
        return bytesOfAll.computeIfAbsent(footprint, each -> bytes(whole, each));
    }

    /// What all keys take with the values and times to live that they are given last.
    static long bytes(Trace trace, KeyFootprint footprint) {
        long[] bytes = new long[trace.keyCount()];
        for (int access = 0; access < trace.length(); access++) {
            int key = trace.key(access);
            bytes[key] = footprint.bytes(trace.keyNameLength(key), trace.valueBytes(access))
                    + (trace.ttlMillis(access) > 0 ? footprint.expiryBytes() : 0);
        }
        return Arrays.stream(bytes).sum();
    }

    /// A trace of `scale` times as many keys as the whole one has: each sampled key is accessed by as many twins as the
    /// keys that it stands for, at its own distances, shifted a little against each other.
    ///
    /// @param scale above 0, at most 1
    Trace crowd(double scale) {
        return scale == keyShare() ? smallest() : newCrowd(scale);
    }

    private synchronized Trace smallest() {
        if (smallest == null) {
            smallest = newCrowd(keyShare());
        }
        return smallest;
    }

    private Trace newCrowd(double scale) {
        int[] firstTwin = firstTwins(scale);
        float[] shifts = shifts(firstTwin, scale);
        int[] sampled = new int[whole.keyCount()];
        Arrays.fill(sampled, -1);
        long accesses = 0;
        for (int i = 0; i < keys.count(); i++) {
            sampled[keys.key(i)] = i;
            accesses += (long) (firstTwin[i + 1] - firstTwin[i]) * whole.accessesByKey()[keys.key(i)];
        }
        int[] source = new int[Math.toIntExact(accesses)];
        int[] twin = new int[source.length];
        long[] inOrder = new long[source.length];
        int count = 0;
        for (int access = 0; access < whole.length(); access++) {
            int i = sampled[whole.key(access)];
            for (int each = i < 0 ? 0 : firstTwin[i]; i >= 0 && each < firstTwin[i + 1]; each++) {
                double at = Math.clamp(access + (double) shifts[each], 0, whole.length() - 1);
                source[count] = access;
                twin[count] = each;
                inOrder[count] = (long) (at * POSITIONS_A_SLOT) << NUMBER_BITS | count;
                count++;
            }
        }
        Arrays.sort(inOrder);
        TraceBuilder crowd = new TraceBuilder(whole.description() + ", from " + keys.count() + " keys");
        for (long each : inOrder) {
            int number = (int) (each & Integer.MAX_VALUE);
            int at = (int) ((each >>> NUMBER_BITS) / POSITIONS_A_SLOT);
            crowd.addTwin(whole, source[number], whole.timeMicros(at), twin[number]);
        }
        return crowd.build();
    }

    /// Numbers the twins of all sampled keys; where fewer keys than sampled ones are wanted, some have none.
    private int[] firstTwins(double scale) {
        int[] first = new int[keys.count() + 1];
        double offset = new SplittableRandom(seed).nextDouble();
        long stoodFor = 0;
        for (int i = 0; i < keys.count(); i++) {
            stoodFor += keys.standsFor(i);
            first[i + 1] = (int) Math.floor(stoodFor * scale + offset);
        }
        return first;
    }

    private float[] shifts(int[] firstTwin, double scale) {
        SplittableRandom random = new SplittableRandom(seed + 1);
        float[] shifts = new float[firstTwin[keys.count()]];
        for (int i = 0; i < keys.count(); i++) {
            int twins = firstTwin[i + 1] - firstTwin[i];
            double width = twins < 2 ? 0 : SPREAD * twins / scale;
            for (int each = 0; each < twins; each++) {
                shifts[firstTwin[i] + each] = (float) (((each + random.nextDouble()) / twins - 0.5) * width);
            }
        }
        return shifts;
    }

    private static long[] readsByPopularity(Trace trace) {
        KeyGroups popularity = KeyGroups.byPopularity(trace.accessesByKey());
        long[] reads = new long[popularity.count()];
        for (int access = 0; access < trace.length(); access++) {
            if (trace.operation(access) == Operation.READ) {
                reads[popularity.of(trace.key(access))]++;
            }
        }
        return reads;
    }

    @Override
    public String toString() {
        return keys.count() + " keys of " + whole;
    }
}
