package io.cachewright.snapshot;

import io.cachewright.snapshot.SnapshotReport.Totals;
import io.cachewright.snapshot.memory.MemoryModel;

/// Sums over keys while they are being read.
class Tally {

    private long keys;
    private long elements;
    private long fileBytes;
    private long usageBytes;
    private long allocatedBytes;

    final void add(MemoryModel key, long bytesInFile) {
        keys++;
        elements += key.elements();
        fileBytes += bytesInFile;
        usageBytes += key.usage();
        allocatedBytes += key.allocated();
    }

    final void add(Tally other) {
        keys += other.keys;
        elements += other.elements;
        fileBytes += other.fileBytes;
        usageBytes += other.usageBytes;
        allocatedBytes += other.allocatedBytes;
    }

    /// The sum of both.
    final Tally and(Tally other) {
        Tally sum = new Tally();
        sum.add(this);
        sum.add(other);
        return sum;
    }

    final long keys() {
        return keys;
    }

    final Totals totals() {
        return new Totals(keys, elements, fileBytes, usageBytes, allocatedBytes);
    }
}
