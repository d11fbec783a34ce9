package io.cachewright.runtime;

import java.util.concurrent.atomic.LongAdder;

/// What became of the reads of one class.
final class ReadCounts {

    final LongAdder hits = new LongAdder();
    final LongAdder stale = new LongAdder();
    final LongAdder remote = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder decodeErrors = new LongAdder();

    CacheStatistics with(long entries) {
        return new CacheStatistics(
                hits.sum(), stale.sum(), remote.sum(), refused.sum(), failed.sum(), decodeErrors.sum(), entries);
    }
}
