/// How fast curves and policy simulations are, beside straightforward ones, on one trace in turn.
@NullMarked
package io.cachewright.benchmarks.sizing;

import org.jspecify.annotations.NullMarked;
