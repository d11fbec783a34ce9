package io.cachewright.benchmarks.sizing;

import com.google.auto.service.AutoService;
import io.cachewright.benchmarks.Benchmark;
import io.cachewright.sizing.curve.Curves;
import io.cachewright.sizing.curve.Weigher;
import io.cachewright.sizing.policy.ReferencePolicy;
import io.cachewright.sizing.server.EvictionPolicy;
import io.cachewright.sizing.server.ReplayClock;
import io.cachewright.sizing.server.ServerTraits;
import io.cachewright.sizing.trace.Trace;
import java.io.IOException;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Requests a second of policy simulations, with a cache of 100,000 entries or an eighth of all keys.
@AutoService(Benchmark.class)
public final class PolicySimulationBenchmark implements Benchmark {

    private static final int ROUNDS = 3;
    private static final int ENTRIES_MAX = 100_000;
    private static final int BYTES_A_KEY = 100;
    private static final String PEER = "Caffeine's simulator, ";

    @Override
    public String name() {
        return "policy-simulation";
    }

    @Override
    public String summary() {
        return "requests a second of LRU, SIEVE, S3-FIFO, W-TinyLFU and the servers' own policies";
    }

    @Override
    public void run(List<String> arguments, PrintStream result) throws IOException {
        for (Trace trace : BenchmarkTraces.all(arguments)) {
            measure(trace, result);
        }
    }

    private static void measure(Trace trace, PrintStream result) {
        int entries = Math.min(ENTRIES_MAX, trace.keyCount() / 8);
        CaffeineSimulator peer = new CaffeineSimulator(trace);
        Map<String, Runnable> subjects = new LinkedHashMap<>();
        Curves one = Curves.of(trace, Weigher.entries(), (long) entries);
        for (ReferencePolicy policy : ReferencePolicy.values()) {
            subjects.put(policy.label(), () -> one.of(policy));
            subjects.put(PEER + policy.label(), () -> peer.hitRatio(policy, entries));
        }
        subjects.put("Caffeine, the library", () -> CaffeineLibrary.hitRatio(trace, entries));
        Curves bytes = Curves.of(trace, Weigher.entries(), (long) entries * BYTES_A_KEY);
        for (EvictionPolicy policy :
                List.of(EvictionPolicy.ALLKEYS_LRU, EvictionPolicy.ALLKEYS_LFU, EvictionPolicy.ALLKEYS_RANDOM)) {
            subjects.put(
                    "modelled " + policy.configName(),
                    () -> bytes.of(ServerTraits.redis70(), policy, ReplayClock.traceTime()));
        }
        InTurn times = new InTurn();
        subjects.forEach(times::add);
        times.run(ROUNDS);
        result.printf(
                Locale.ROOT,
                "%s; %,d entries; seconds, median [min–max] of %d rounds in turn, one thread%n%n",
                trace,
                entries,
                ROUNDS);
        result.println("| What | s | M requests/s |");
        result.println("|---|---|---|");
        for (String name : subjects.keySet()) {
            result.printf(
                    Locale.ROOT,
                    "| %s | %s | %.1f |%n",
                    name,
                    times.spread(name),
                    trace.length() / times.median(name) / 1e6);
        }
        result.println();
    }
}
