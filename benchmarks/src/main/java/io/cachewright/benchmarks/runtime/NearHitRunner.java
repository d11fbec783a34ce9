package io.cachewright.benchmarks.runtime;

import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/// One subject in a process of its own, so that neither its classes nor what the compiler learned of it touch
/// the others. Answers each number of threads on standard input with nanoseconds a call and bytes a call.
final class NearHitRunner {

    static final int KEYS = 1_024;

    /// By which keys the cache is asked.
    enum Asking {
        /// As messages bring them.
        AS_A_CALLER("Keys as a caller has them: equal to those of the cache and not the same objects, in no order"),
        /// The kindest case.
        BY_ITS_OWN_KEYS("The very objects that are the keys of the cache, one after the other");

        final String title;

        Asking(String title) {
            this.title = title;
        }

        String[] of(String[] keys) {
            if (this == BY_ITS_OWN_KEYS) {
                return keys;
            }
            String[] equal = Arrays.stream(keys)
                    .map(key -> new String(key.toCharArray()))
                    .toArray(String[]::new);
            SplittableRandom random = new SplittableRandom(1);
            return Stream.generate(() -> equal[random.nextInt(equal.length)])
                    .limit(CALLS_BETWEEN_LOOKS)
                    .toArray(String[]::new);
        }
    }

    /// A round lasts about as long for all subjects.
    private static final long ROUND_NANOS = 120_000_000;

    private static final int CALLS_BETWEEN_LOOKS = 8_192;

    /// Keeps the compiler from dropping what nobody reads.
    private static final AtomicLong SINK = new AtomicLong();

    private record Measured(long calls, long nanos, long bytes) {}

    private NearHitRunner() {}

    static String[] keys() {
        String[] keys = new String[KEYS];
        for (int i = 0; i < KEYS; i++) {
            keys[i] = "quote:" + i;
        }
        return keys;
    }

    /// `args`: the subject, the URI of the server, and the way of asking.
    public static void main(String[] args) throws Exception {
        String[] keys = keys();
        ToIntFunction<String> get = NearHitSubject.valueOf(args[0]).open(args[1], keys);
        String[] asked = Asking.valueOf(args[2]).of(keys);
        // What was read over the wire lies scattered among its garbage until a collection moves it together.
        System.gc();
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.out.println("ready");
        for (String line = requests.readLine(); line != null; line = requests.readLine()) {
            System.out.println(answer(Integer.parseInt(line), asked, get));
        }
        // Some clients leave threads behind that would keep the process alive.
        System.exit(0);
    }

    private static String answer(int threads, String[] keys, ToIntFunction<String> get)
            throws IOException, InterruptedException {
        List<Callable<Measured>> tasks = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            tasks.add(() -> call(keys, get));
        }
        long calls = 0;
        long nanos = 0;
        long bytes = 0;
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            for (Future<Measured> each : pool.invokeAll(tasks)) {
                Measured measured = each.resultNow();
                calls += measured.calls;
                nanos += measured.nanos;
                bytes += measured.bytes;
            }
        }
        return (double) nanos / calls + " " + (double) bytes / calls;
    }

    private static Measured call(String[] keys, ToIntFunction<String> get) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long bytesBefore = threads.getCurrentThreadAllocatedBytes();
        long begun = System.nanoTime();
        long calls = 0;
        long elapsed;
        do {
            calls += callSome(keys, get);
            elapsed = System.nanoTime() - begun;
        } while (elapsed < ROUND_NANOS);
        return new Measured(calls, elapsed, threads.getCurrentThreadAllocatedBytes() - bytesBefore);
    }

    private static int callSome(String[] keys, ToIntFunction<String> get) {
        long found = 0;
        for (int i = 0; i < CALLS_BETWEEN_LOOKS; i++) {
            found += get.applyAsInt(keys[i & (keys.length - 1)]);
        }
        SINK.lazySet(found);
        return CALLS_BETWEEN_LOOKS;
    }
}
