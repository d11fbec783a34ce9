/// How fast captures are read.
@NullMarked
package io.cachewright.benchmarks.capture;

import org.jspecify.annotations.NullMarked;
