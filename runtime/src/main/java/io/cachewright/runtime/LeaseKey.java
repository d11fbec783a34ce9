package io.cachewright.runtime;

/// The key that says who loads another one. Both lie in the same slot of a cluster.
final class LeaseKey {

    private static final String PREFIX = "cachewright:lease:";

    private LeaseKey() {}

    /// `cachewright:lease:{KEY}`; for a key with a hash tag, `cachewright:lease:{TAG}:KEY`. A key without a
    /// hash tag but with a `}` in it cannot be followed into its slot: it is its own tag up to there, which a
    /// cluster refuses.
    static String of(String key) {
        int open = key.indexOf('{');
        int close = open < 0 ? -1 : key.indexOf('}', open + 1);
        return close > open + 1 ? PREFIX + key.substring(open, close + 1) + ":" + key : PREFIX + "{" + key + "}";
    }
}
