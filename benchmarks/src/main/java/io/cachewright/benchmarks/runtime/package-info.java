/// What the runtime costs, side by side with what it is built on. Each class has a `main` that interleaves its
/// subjects, so that a busy machine hits all of them alike, and prints medians with their range.
@NullMarked
package io.cachewright.benchmarks.runtime;

import org.jspecify.annotations.NullMarked;
