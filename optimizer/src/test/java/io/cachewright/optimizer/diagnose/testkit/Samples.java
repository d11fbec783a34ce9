package io.cachewright.optimizer.diagnose.testkit;

import io.cachewright.domain.keys.KeyGrouping;
import io.cachewright.optimizer.evidence.KeyStratum;
import io.cachewright.optimizer.evidence.KeyspaceSample;
import io.cachewright.optimizer.evidence.SampledKey;
import java.util.List;
import java.util.Map;

/// Samples made of keys that a test names.
public final class Samples {

    private Samples() {}

    /// All of these keys were drawn alike, without regard to their families, out of `totalKeys` in database 0.
    public static KeyspaceSample of(List<SampledKey> keys, long totalKeys, boolean isComplete) {
        double weight = keys.isEmpty() ? 0 : (double) totalKeys / keys.size();
        List<KeyStratum> strata = keys.isEmpty()
                ? List.of()
                : KeyGrouping.by(SampledKey::name).sampled(weight > 1 ? 1 / weight : 1).group(keys).stream()
                        .map(family -> new KeyStratum(
                                0,
                                family.pattern(),
                                family.glob(),
                                family.members().size(),
                                family.members().size() * weight,
                                0,
                                family.members()))
                        .toList();
        return new KeyspaceSample(Map.of(0, totalKeys), keys.size(), isComplete, strata);
    }
}
