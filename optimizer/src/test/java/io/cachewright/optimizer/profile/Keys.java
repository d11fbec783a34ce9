package io.cachewright.optimizer.profile;

import io.cachewright.domain.Reading;
import io.cachewright.optimizer.diagnose.testkit.Samples;
import io.cachewright.optimizer.evidence.KeyspaceSample;
import io.cachewright.optimizer.evidence.SampledKey;
import java.util.List;
import java.util.Optional;

/// Sampled keys and samples for the tests of this package.
final class Keys {

    private Keys() {}

    static SampledKey key(String name, String type) {
        Reading<Boolean> left = Reading.unavailable(Reading.Cause.NOT_COLLECTED, "not part of this test");
        return new SampledKey(
                0,
                name,
                false,
                type,
                Reading.known("listpack"),
                Reading.known(10L),
                Reading.known(100L),
                Reading.known(Optional.empty()),
                left.map(_ -> java.time.Duration.ZERO),
                left.map(_ -> 0),
                left.map(_ -> {
                    throw new IllegalStateException("never known");
                }));
    }

    static KeyspaceSample sample(List<String> names) {
        return Samples.of(names.stream().map(name -> key(name, "hash")).toList(), names.size(), true);
    }

    static List<String> patterns(List<String> names) {
        return KeyFamilies.of(sample(names)).stream()
                .map(KeyFamily::pattern)
                .sorted()
                .toList();
    }
}
