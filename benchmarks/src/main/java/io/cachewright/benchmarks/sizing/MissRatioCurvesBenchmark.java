package io.cachewright.benchmarks.sizing;

import com.google.auto.service.AutoService;
import io.cachewright.benchmarks.Benchmark;
import io.cachewright.sizing.curve.Curves;
import io.cachewright.sizing.curve.MissRatioCurve;
import io.cachewright.sizing.curve.Weigher;
import io.cachewright.sizing.policy.ReferencePolicy;
import io.cachewright.sizing.trace.Hashing;
import io.cachewright.sizing.trace.KeySample;
import io.cachewright.sizing.trace.Trace;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// LRU curves of all sizes in one pass, exact and sampled, against one run a size.
@AutoService(Benchmark.class)
public final class MissRatioCurvesBenchmark implements Benchmark {

    private static final int ROUNDS = 3;
    private static final int SIZES = 10;
    private static final int CURVE_SIZES = 100;
    private static final int FIXED_KEYS = 8_192;

    private static final String EXACT = "exact LRU, 100 sizes in one pass";
    private static final String IN_BYTES = "the same, values of 40 to 199 bytes";
    private static final String OURS = "our array LRU, 10 runs";
    private static final String PEER = "Caffeine's simulator, LRU, 10 runs";
    private static final String PERCENT = "SHARDS 1 %";
    private static final String TENTH = "SHARDS 10 %";
    private static final String FIXED = "SHARDS, 8,192 keys";

    @Override
    public String name() {
        return "miss-ratio-curves";
    }

    @Override
    public String summary() {
        return "exact and sampled LRU curves against one simulation a size; arguments: files of 4-byte keys";
    }

    @Override
    public void run(List<String> arguments, PrintStream result) throws IOException {
        for (Trace trace : BenchmarkTraces.all(arguments)) {
            measure(trace, result);
        }
    }

    private static void measure(Trace trace, PrintStream result) {
        Curves curves = Curves.of(trace, Weigher.entries(), CURVE_SIZES);
        Curves ten = Curves.of(trace, Weigher.entries(), sizes(trace));
        Curves inBytes = Curves.of(trace, MissRatioCurvesBenchmark::variedBytes, CURVE_SIZES);
        CaffeineSimulator peer = new CaffeineSimulator(trace);
        InTurn times = new InTurn()
                .add(EXACT, curves::exactLru)
                .add(IN_BYTES, inBytes::exactLru)
                .add(OURS, () -> ten.of(ReferencePolicy.LRU))
                .add(PEER, () -> ten.sizes().forEach(size -> peer.hitRatio(ReferencePolicy.LRU, size.intValue())))
                .add(PERCENT, () -> curves.sampledLru(new KeySample(0.01)))
                .add(TENTH, () -> curves.sampledLru(new KeySample(0.1)))
                .add(FIXED, () -> curves.sampledLru(FIXED_KEYS))
                .run(ROUNDS);
        MissRatioCurve exact = curves.exactLru();
        result.printf(Locale.ROOT, "%s; seconds, median [min–max] of %d rounds in turn, one thread%n%n", trace, ROUNDS);
        result.println("| What | s | M references/s | mean error | greatest |");
        result.println("|---|---|---|---|---|");
        row(result, times, trace, EXACT, 1);
        row(result, times, trace, IN_BYTES, 1);
        row(result, times, trace, OURS, SIZES);
        row(result, times, trace, PEER, SIZES);
        sampled(result, times, trace, PERCENT, exact, curves.sampledLru(new KeySample(0.01)));
        sampled(result, times, trace, TENTH, exact, curves.sampledLru(new KeySample(0.1)));
        sampled(result, times, trace, FIXED, exact, curves.sampledLru(FIXED_KEYS));
        result.printf(
                Locale.ROOT,
                "%none exact pass is %.1f times as fast as ten runs of the peer, %.1f times as ten of our own%n%n",
                times.median(PEER) / times.median(EXACT),
                times.median(OURS) / times.median(EXACT));
    }

    private static int variedBytes(Trace trace, int access) {
        return 40 + (int) Math.floorMod(Hashing.mix(trace.key(access)), 160L);
    }

    /// Ten sizes, each twice the one before, up to about half of all keys.
    private static long[] sizes(Trace trace) {
        long[] sizes = new long[SIZES];
        Arrays.setAll(sizes, i -> Math.max(1 + i, trace.keyCount() >> (SIZES - i)));
        return sizes;
    }

    private static void row(PrintStream result, InTurn times, Trace trace, String name, int passes) {
        result.printf(
                Locale.ROOT,
                "| %s | %s | %.1f | | |%n",
                name,
                times.spread(name),
                (double) trace.length() * passes / times.median(name) / 1e6);
    }

    private static void sampled(
            PrintStream result, InTurn times, Trace trace, String name, MissRatioCurve exact, MissRatioCurve curve) {
        double greatest = 0;
        for (int i = 0; i < curve.points().size(); i++) {
            greatest = Math.max(
                    greatest,
                    Math.abs(curve.points().get(i).hitRatio()
                            - exact.points().get(i).hitRatio()));
        }
        result.printf(
                Locale.ROOT,
                "| %s | %s | %.1f | %.4f | %.4f |%n",
                name,
                times.spread(name),
                trace.length() / times.median(name) / 1e6,
                curve.meanDistance(exact),
                greatest);
    }
}
