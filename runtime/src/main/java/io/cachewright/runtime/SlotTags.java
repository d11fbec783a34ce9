package io.cachewright.runtime;

import io.cachewright.domain.HashSlot;

/// For each slot of a cluster the shortest number whose text is of it: a hash tag that brings a key of ours to the slot
/// of any other key.
final class SlotTags {

    private SlotTags() {}

    /// The tag, without braces, of the slot that `key` is of.
    static String of(String key) {
        return BySlot.TAGS[HashSlot.of(key)];
    }

    /// Found once, where they are needed.
    private static final class BySlot {

        private static final String[] TAGS = find();

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
