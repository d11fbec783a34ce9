package io.cachewright.domain.keys;

/// Estimates how many different words a whole keyspace has in a place, from those that a sample shows.
///
/*
 * The estimator of Chao and Lin (2012) for sampling without replacement: words seen once and twice tell how many were
 * not seen. With all keys at hand it is the plain count; when every word is seen once it is the count divided by the
 * share. So the same place is judged alike from a sample and from the whole.
 */
final class DistinctWords {

    private final double unseenPerSeen;
    private long seen;
    private long once;
    private long twice;

    /// @param share of all keys that is at hand, above 0 and at most 1
    DistinctWords(double share) {
        this.unseenPerSeen = share / (1 - share);
    }

    void add(long keys) {
        seen++;
        if (keys == 1) {
            once++;
        } else if (keys == 2) {
            twice++;
        }
    }

    double estimate() {
        return once == 0 ? seen : seen + (double) once * once / (2.0 * twice + unseenPerSeen * once);
    }
}
