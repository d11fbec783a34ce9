/// Measurements of the project's own parts, side by side with their peers where there are any. Each one is a
/// [Benchmark], found by the service loader and run by its name: `bin/benchmark NAME`. To add one, implement it
/// in a package of its own, with `@AutoService(Benchmark.class)`.
@NullMarked
package io.cachewright.benchmarks;

import org.jspecify.annotations.NullMarked;
