package io.cachewright.runtime;

/// Where the writes of this library are logged: one stream on a server by itself, one for each slot in a cluster, so
/// that a write and its entry are always of one slot, whoever owns that.
final class LogKeys {

    static final String PREFIX = "cachewright:log:";

    private static final String ALL = PREFIX + "all";

    private final boolean isCluster;

    LogKeys(boolean isCluster) {
        this.isCluster = isCluster;
    }

    String logOf(String key) {
        return isCluster ? PREFIX + "{" + SlotTags.of(key) + "}" : ALL;
    }
}
