package io.cachewright.sizing.policy;

/// A cache that keeps no values: it says which accesses would have hit.
///
/// Keys are numbered from 0. The bytes of a key may change from access to access; those of a hit take effect at
/// once, and may evict. A value larger than the cache is not kept.
public interface SimulatedCache {

    /// Looks a key up; on a miss its value is stored.
    ///
    /// @return whether it was there
    boolean access(int key, int bytes);

    /// Takes a key out, if it is there.
    void remove(int key);
}
