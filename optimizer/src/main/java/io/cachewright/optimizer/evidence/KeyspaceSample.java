package io.cachewright.optimizer.evidence;

import java.util.List;
import java.util.Map;

/// A sample of the keys, by family.
///
/// @param keysByDatabase DBSIZE per logical database that holds keys
/// @param scanned keys whose names SCAN returned; each had the same chance as its neighbours, so shares extrapolate
/// @param complete whether the names of the whole keyspace were read
/// @param strata every family that the names show
public record KeyspaceSample(
        Map<Integer, Long> keysByDatabase, long scanned, boolean complete, List<KeyStratum> strata) {

    public KeyspaceSample {
        keysByDatabase = Map.copyOf(keysByDatabase);
        strata = List.copyOf(strata);
    }

    /// The same, where there may be keys that it knows nothing of.
    public KeyspaceSample asPart() {
        return new KeyspaceSample(keysByDatabase, scanned, false, strata);
    }

    public long totalKeys() {
        return keysByDatabase.values().stream().mapToLong(Long::longValue).sum();
    }

    /// All keys that were looked at.
    public List<SampledKey> keys() {
        return strata.stream().flatMap(stratum -> stratum.keys().stream()).toList();
    }
}
