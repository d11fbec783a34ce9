package io.cachewright.runtime;

import io.cachewright.domain.HashSlot;

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
        return isCluster ? PREFIX + "{" + Tags.BY_SLOT[HashSlot.of(key)] + "}" : ALL;
    }

    /// For each slot the shortest number whose text is of it; found once, where a cluster needs it.
    private static final class Tags {

        private static final String[] BY_SLOT = find();

        private static String[] find() {
            String[] tags = new String[HashSlot.COUNT];
            int missing = tags.length;
            for (int i = 0; missing > 0; i++) {
                String tag = Integer.toString(i);
                int slot = HashSlot.of(tag);
                if (tags[slot] == null) {
                    tags[slot] = tag;
                    missing--;
                }
            }
            return tags;
        }
    }
}
