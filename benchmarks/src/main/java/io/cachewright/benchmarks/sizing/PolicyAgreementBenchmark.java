package io.cachewright.benchmarks.sizing;

import com.google.auto.service.AutoService;
import io.cachewright.benchmarks.Benchmark;
import io.cachewright.sizing.curve.Curves;
import io.cachewright.sizing.curve.Weigher;
import io.cachewright.sizing.policy.ReferencePolicy;
import io.cachewright.sizing.trace.AccessShape;
import io.cachewright.sizing.trace.KeyDump;
import io.cachewright.sizing.trace.Trace;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Hit ratios of the policies for comparison, and how far those of Caffeine's simulator and of the
/// library are from them.
@AutoService(Benchmark.class)
public final class PolicyAgreementBenchmark implements Benchmark {

    private static final List<Double> SHARES = List.of(0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.7);
    private static final AccessShape SHAPE = AccessShape.uniform(1_000, 1);

    @Override
    public String name() {
        return "policy-agreement";
    }

    @Override
    public String summary() {
        return "hit ratios of SIEVE, S3-FIFO and W-TinyLFU beside Caffeine's; arguments: forms and files of keys, in turn";
    }

    @Override
    public void run(List<String> arguments, PrintStream result) throws IOException {
        if (arguments.isEmpty() || arguments.size() % 2 != 0) {
            throw new IllegalArgumentException(
                    "give a form and a file, for example INT32_LITTLE_ENDIAN cache2k-orm-busy.trace.xz");
        }
        heading(result);
        for (int i = 0; i < arguments.size(); i += 2) {
            KeyDump form = KeyDump.valueOf(arguments.get(i));
            Trace trace = form.read(Path.of(arguments.get(i + 1)), SHAPE);
            CaffeineSimulator simulator = new CaffeineSimulator(trace);
            for (double share : SHARES) {
                row(trace, simulator, share, result);
            }
        }
    }

    private static void heading(PrintStream result) {
        List<String> names = new ArrayList<>(List.of("Trace", "Entries"));
        for (ReferencePolicy policy : ReferencePolicy.values()) {
            names.add(policy.label());
        }
        for (ReferencePolicy policy : ReferencePolicy.values()) {
            names.add("simulator's " + policy.label());
        }
        names.add("Caffeine, the library");
        result.println("| " + String.join(" | ", names) + " |");
        result.println("|---".repeat(names.size()) + "|");
    }

    private static void row(Trace trace, CaffeineSimulator simulator, double share, PrintStream result) {
        int entries = (int) (trace.keyCount() * share);
        System.err.println(trace + ", " + entries + " entries");
        Curves curves = Curves.of(trace, Weigher.entries(), (long) entries);
        StringBuilder line = new StringBuilder(
                String.format(Locale.ROOT, "| %s | %,d (%.0f %%) |", trace.description(), entries, 100 * share));
        for (ReferencePolicy policy : ReferencePolicy.values()) {
            append(line, curves.of(policy).points().getFirst().hitRatio());
        }
        for (ReferencePolicy policy : ReferencePolicy.values()) {
            append(line, simulator.hitRatio(policy, told(policy, entries)));
        }
        append(line, CaffeineLibrary.hitRatio(trace, entries));
        result.println(line);
    }

    /// The simulator's SIEVE (3.2.4) keeps one entry less than it is told.
    private static int told(ReferencePolicy policy, int entries) {
        return policy == ReferencePolicy.SIEVE ? entries + 1 : entries;
    }

    private static void append(StringBuilder line, double hitRatio) {
        line.append(String.format(Locale.ROOT, " %.4f |", hitRatio));
    }
}
