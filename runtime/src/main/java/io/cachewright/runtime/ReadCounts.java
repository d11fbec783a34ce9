package io.cachewright.runtime;

import java.util.concurrent.atomic.LongAdder;

/// What became of the reads of one class.
final class ReadCounts {

    final HitTally hits;
    final LongAdder stale = new LongAdder();
    final LongAdder remote = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder decodeErrors = new LongAdder();

    /// `readsCoarseClock`: whether hits are judged by it.
    ReadCounts(boolean readsCoarseClock) {
        this.hits = new HitTally(readsCoarseClock);
    }

    CacheStatistics with(long entries) {
        return new CacheStatistics(
                hits.sum(), stale.sum(), remote.sum(), refused.sum(), failed.sum(), decodeErrors.sum(), entries);
    }
}
