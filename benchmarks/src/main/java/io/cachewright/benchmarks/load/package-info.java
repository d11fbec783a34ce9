/// The load generator beside the generators that people have: [LoadGeneratorBenchmark].
@NullMarked
package io.cachewright.benchmarks.load;

import org.jspecify.annotations.NullMarked;
