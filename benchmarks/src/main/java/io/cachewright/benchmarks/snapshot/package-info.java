/// How fast snapshots are read: start at [SnapshotReportBenchmark].
@NullMarked
package io.cachewright.benchmarks.snapshot;

import org.jspecify.annotations.NullMarked;
