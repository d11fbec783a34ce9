package io.cachewright.domain.policy;

import io.cachewright.domain.ByteSize;

/// How much of a class of keys the near-cache may keep.
public sealed interface NearBound {

    /// At most so many entries.
    record Entries(long max) implements NearBound {
        public Entries {
            if (max < 1) {
                throw new IllegalArgumentException("the bound of entries must be at least 1, was " + max);
            }
        }
    }

    /// At most so many bytes, counted as the encoded size of keys and values.
    record Bytes(ByteSize max) implements NearBound {
        public Bytes {
            if (max.bytes() < 1) {
                throw new IllegalArgumentException("the bound of bytes must be at least 1, was " + max);
            }
        }
    }

    static NearBound entries(long max) {
        return new Entries(max);
    }

    static NearBound bytes(ByteSize max) {
        return new Bytes(max);
    }
}
