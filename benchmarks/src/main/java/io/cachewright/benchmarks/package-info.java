/// TODO
@NullMarked
package io.cachewright.benchmarks;

import org.jspecify.annotations.NullMarked;
