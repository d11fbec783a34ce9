package io.cachewright.optimizer.evidence;

import java.util.List;
import java.util.Map;

/// A sample of the keys.
///
/// @param keysByDatabase DBSIZE per logical database that holds keys
/// @param scanned keys that SCAN returned; each had the same chance as its neighbours, so shares extrapolate
/// @param complete whether the scan went through the whole keyspace
/// @param keys the sampled keys
public record KeyspaceSample(Map<Integer, Long> keysByDatabase, long scanned, boolean complete, List<SampledKey> keys) {

    public KeyspaceSample {
        keysByDatabase = Map.copyOf(keysByDatabase);
        keys = List.copyOf(keys);
    }

    public long totalKeys() {
        return keysByDatabase.values().stream().mapToLong(Long::longValue).sum();
    }

    /// How many keys of the whole keyspace each sampled key stands for.
    public double weight() {
        return keys.isEmpty() ? 0 : (double) totalKeys() / keys.size();
    }
}
