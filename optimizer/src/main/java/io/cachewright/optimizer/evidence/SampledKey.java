package io.cachewright.optimizer.evidence;

import io.cachewright.domain.Reading;
import java.time.Duration;
import java.util.Optional;

/// One sampled key.
///
/// @param name printable; bytes outside ASCII as `\xNN`; parts that look like secrets redacted
/// @param redacted whether the name held something that looked like a secret
/// @param type as TYPE says: `string`, `hash`, `list`, `set`, `zset`, `stream` or a module's type
/// @param encoding as OBJECT ENCODING says: `listpack`, `skiplist`, `quicklist` …
/// @param elements length of a string in bytes, else the number of elements
/// @param bytes MEMORY USAGE, sampled
/// @param timeToLive from the beginning of the look at the keys; empty when the key never expires
/// @param idle OBJECT IDLETIME; unavailable under an LFU policy
/// @param frequency OBJECT FREQ, the logarithmic counter 0–255; unavailable unless the policy is LFU
/// @param value facts of a bounded look at the value; the value itself is not kept
public record SampledKey(
        int database,
        String name,
        boolean redacted,
        String type,
        Reading<String> encoding,
        Reading<Long> elements,
        Reading<Long> bytes,
        Reading<Optional<Duration>> timeToLive,
        Reading<Duration> idle,
        Reading<Integer> frequency,
        Reading<ValueFacts> value) {}
