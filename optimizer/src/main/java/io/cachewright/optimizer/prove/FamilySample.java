package io.cachewright.optimizer.prove;

import java.util.List;

/// Keys of one family with their content, to be loaded into a shadow.
///
/// @param pattern as the family is named, for example `md:{I}:l2`
/// @param keysPerSample how many keys of the family each of these stands for
/// @param keys at least one
public record FamilySample(String pattern, Type type, double keysPerSample, List<Key> keys) {

    /// Types whose encoding follows from parameters.
    public enum Type {
        HASH(2),
        SORTED_SET(2),
        SET(1),
        LIST(1);

        private final int partsPerElement;

        Type(int partsPerElement) {
            this.partsPerElement = partsPerElement;
        }

        int partsPerElement() {
            return partsPerElement;
        }
    }

    /// One key. Callers must not change the arrays.
    ///
    /// @param parts field and value in turn of a hash, member and score of a sorted set, else the elements
    // Keys are compared by nobody; a wrapper around the name would only be in the way.
    @SuppressWarnings("ArrayRecordComponent")
    public record Key(byte[] name, List<byte[]> parts) {
        public Key {
            parts = List.copyOf(parts);
        }

        int elements(Type type) {
            return parts.size() / type.partsPerElement();
        }

        /// Bytes of the longest field, member or value; scores do not count.
        int longestBytes(Type type) {
            int longest = 0;
            for (int i = 0; i < parts.size(); i++) {
                boolean isScore = type == Type.SORTED_SET && i % 2 == 1;
                longest = isScore ? longest : Math.max(longest, parts.get(i).length);
            }
            return longest;
        }

        long bytes() {
            return parts.stream().mapToLong(part -> part.length).sum();
        }
    }

    public FamilySample {
        keys = List.copyOf(keys);
        if (keys.isEmpty() || keys.stream().anyMatch(key -> key.elements(type) == 0)) {
            throw new IllegalArgumentException("a sample of " + pattern + " holds keys, and no empty ones");
        }
    }
}
