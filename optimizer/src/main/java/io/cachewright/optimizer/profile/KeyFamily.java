package io.cachewright.optimizer.profile;

import io.cachewright.domain.UseCase;
import io.cachewright.optimizer.evidence.SampledKey;
import java.util.List;
import java.util.Map;

/// Keys of one pattern, as sampled.
///
/// @param pattern for example `md:{I}:l2`, where `{I}` stands for an instrument in a hash tag, `<I>` for one outside,
/// `<n>` for a number, `<date>` for a date, `<id>` for an id
/// @param glob the same as a Redis pattern, `md:{*}:l2`
/// @param useCase what the family holds
/// @param confidence 0 to 1, how sure the placement is
/// @param estimatedKeys in the whole keyspace
/// @param keysMargin half of the 95 % interval of `estimatedKeys`; 0 when the names of all keys were read
/// @param estimatedBytes in the whole keyspace; 0 when MEMORY USAGE was unavailable
/// @param types share of keys per type, 0 to 1
/// @param encodings sampled keys per encoding
/// @param withoutTtlShare share of keys that never expire; NaN when TTLs were unavailable
/// @param sampled the sampled keys of this family
public record KeyFamily(
        String pattern,
        String glob,
        UseCase useCase,
        double confidence,
        long estimatedKeys,
        long keysMargin,
        long estimatedBytes,
        Map<String, Double> types,
        Map<String, Integer> encodings,
        double withoutTtlShare,
        List<SampledKey> sampled) {

    public KeyFamily {
        types = Map.copyOf(types);
        encodings = Map.copyOf(encodings);
        sampled = List.copyOf(sampled);
        if (sampled.isEmpty()) {
            throw new IllegalArgumentException("family " + pattern + " has no sampled key");
        }
    }

    /// How many keys of the family each sampled key stands for, on average.
    public double keysPerSampled() {
        return (double) estimatedKeys / sampled.size();
    }

    /// The type that most keys have.
    public String mainType() {
        return types.entrySet().stream()
                .max(Map.Entry.<String, Double>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .orElseThrow();
    }

    /// The largest number of elements (bytes for strings) seen in one key.
    public long elementsMax() {
        return sampled.stream()
                .mapToLong(key -> key.elements().orElse(0L))
                .max()
                .orElse(0);
    }

    /// The largest key seen, in bytes; 0 when MEMORY USAGE was unavailable.
    public long bytesMax() {
        return sampled.stream().mapToLong(key -> key.bytes().orElse(0L)).max().orElse(0);
    }
}
