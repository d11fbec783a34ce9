package io.cachewright.optimizer.recommend;

import io.cachewright.domain.ByteSize;
import io.cachewright.domain.Reading;
import io.cachewright.optimizer.profile.WorkloadProfile;
import io.cachewright.optimizer.requirements.RequirementKey;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What a user might answer, per requirement, as the requirements file takes it.
public record PlausibleAnswers(Map<RequirementKey, List<String>> byKey) {

    private static final List<Long> GROWTH = List.of(1L, 3L, 10L);

    public PlausibleAnswers {
        byKey = Map.copyOf(byKey);
    }

    /// Answers for a deployment of which nothing is known.
    public static PlausibleAnswers typical() {
        Map<RequirementKey, List<String>> answers = new EnumMap<>(RequirementKey.class);
        for (RequirementKey key : RequirementKey.values()) {
            answers.put(key, typical(key));
        }
        return new PlausibleAnswers(answers);
    }

    /// Answers for a deployment whose load and size were observed: what it has today, and some times as much.
    public static PlausibleAnswers scaledTo(WorkloadProfile profile) {
        Map<RequirementKey, List<String>> answers = new EnumMap<>(typical().byKey());
        if (profile.opsPerSecond() instanceof Reading.Known<Double>(Double ops) && ops >= 1) {
            answers.put(
                    RequirementKey.PEAK_OPS_PER_SECOND,
                    GROWTH.stream()
                            .map(times -> Long.toString(Math.round(ops * times)))
                            .toList());
        }
        if (profile.usedBytes() instanceof Reading.Known<Long>(Long bytes) && bytes > 0) {
            answers.put(
                    RequirementKey.DATA_SIZE,
                    GROWTH.stream()
                            .map(times -> new ByteSize(wholeMebibytes(bytes * times)).toConfig())
                            .toList());
        }
        return new PlausibleAnswers(answers);
    }

    private static long wholeMebibytes(long bytes) {
        long mebibyte = 1L << 20;
        return (bytes + mebibyte - 1) / mebibyte * mebibyte;
    }

    private static List<String> typical(RequirementKey key) {
        return switch (key) {
            case PEAK_OPS_PER_SECOND -> List.of("10000", "100000", "1000000");
            case LATENCY_BUDGET -> List.of("500us", "2ms", "10ms");
            case DATA_SIZE -> List.of("1gb", "10gb", "100gb");
            case STALENESS_MAX -> List.of("0s", "100ms", "1s");
            case STORE_ROLE -> List.of("cache", "system-of-record");
            case REGIMES -> List.of("[none]", "[mifid-ii]", "[sec-17a4]", "[gdpr]");
            case RPO -> List.of("0s", "1s", "5m");
            case RTO -> List.of("5s", "1m", "1h");
            case REGIONS -> List.of("[one]", "[one, two]");
            case MONTHLY_BUDGET -> List.of("500 USD", "5000 USD", "50000 USD");
            case PRIORITIES ->
                List.of("[latency, memory]", "[durability, consistency]", "[cost, memory]", "[latency, durability]");
        };
    }
}
