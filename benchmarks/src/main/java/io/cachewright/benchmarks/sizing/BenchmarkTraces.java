package io.cachewright.benchmarks.sizing;

import io.cachewright.sizing.trace.AccessShape;
import io.cachewright.sizing.trace.KeyDump;
import io.cachewright.sizing.trace.SyntheticTrace;
import io.cachewright.sizing.trace.Trace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What is measured: a generated trace as long and as wide as the P6 trace of the literature, and the files given
/// as arguments (4-byte keys, least significant byte first, compressed or not).
final class BenchmarkTraces {

    private static final int KEYS = 773_770;
    private static final int ACCESSES = 12_672_123;
    private static final double EXPONENT = 0.9;
    private static final AccessShape SHAPE = AccessShape.uniform(10_000, 1);

    private BenchmarkTraces() {}

    static List<Trace> all(List<String> files) throws IOException {
        List<Trace> traces = new ArrayList<>();
        for (String file : files) {
            traces.add(KeyDump.INT32_LITTLE_ENDIAN.read(Path.of(file), SHAPE));
        }
        traces.add(SyntheticTrace.zipf(KEYS, EXPONENT, ACCESSES, SHAPE, 6));
        return traces;
    }
}
