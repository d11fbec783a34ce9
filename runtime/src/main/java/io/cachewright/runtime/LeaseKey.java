package io.cachewright.runtime;

/// The key that says who loads another one. Both are of the same slot of a cluster, whatever the key looks like.
final class LeaseKey {

    private static final String PREFIX = "cachewright:lease:";

    private LeaseKey() {}

    /// `cachewright:lease:{KEY}`; for a key with a hash tag, `cachewright:lease:{TAG}:KEY`. A key without a hash
    /// tag but with a `}` in it would end the braces too early: its tag is the shortest number of its slot.
    static String of(String key) {
        int open = key.indexOf('{');
        int close = open < 0 ? -1 : key.indexOf('}', open + 1);
        if (close > open + 1) {
            return PREFIX + key.substring(open, close + 1) + ":" + key;
        }
        return key.indexOf('}') < 0 ? PREFIX + "{" + key + "}" : PREFIX + "{" + SlotTags.of(key) + "}:" + key;
    }
}
