package io.cachewright.optimizer.diagnose.testkit;

import io.cachewright.domain.Reading;
import io.cachewright.optimizer.evidence.SampledKey;
import io.cachewright.optimizer.evidence.ValueFacts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Sampled keys for tests.
public final class Keys {

    private Keys() {}

    /// A key that is fine in itself: with a lifetime, read a second ago.
    public static SampledKey of(String name, String type, String encoding, long elements, long bytes) {
        return new SampledKey(
                0,
                name,
                false,
                type,
                Reading.known(encoding),
                Reading.known(elements),
                Reading.known(bytes),
                Reading.known(Optional.of(Duration.ofMinutes(10))),
                Reading.known(Duration.ofSeconds(1)),
                Reading.unavailable(Reading.Cause.NOT_IN_THIS_VERSION, "the policy is not LFU"),
                Reading.known(plainValue(elements)));
    }

    /// The same key that never expires.
    public static SampledKey withoutTtl(SampledKey key) {
        return withTtl(key, Optional.empty());
    }

    public static SampledKey withTtl(SampledKey key, Duration timeToLive) {
        return withTtl(key, Optional.of(timeToLive));
    }

    /// The same key with other facts of its value.
    public static SampledKey withValue(SampledKey key, ValueFacts value) {
        return new SampledKey(
                key.database(),
                key.name(),
                key.redacted(),
                key.type(),
                key.encoding(),
                key.elements(),
                key.bytes(),
                key.timeToLive(),
                key.idle(),
                key.frequency(),
                Reading.known(value));
    }

    /// Facts without anything remarkable: scaled integers with a sequence and a time.
    public static ValueFacts plainValue(long elements) {
        return new ValueFacts(
                Math.clamp(elements, 1, ValueFacts.ELEMENTS_LOOKED_AT_MAX),
                ValueFacts.Form.INTEGER,
                12,
                List.of("bid", "ask", "seq", "ts"),
                0,
                0,
                8,
                0,
                0,
                0,
                true,
                true,
                Optional.empty(),
                Optional.empty());
    }

    /// The sample of the healthy deployment: top of book, depth and reference data of eight instruments.
    static List<SampledKey> healthy() {
        List<SampledKey> keys = new ArrayList<>();
        for (String instrument : List.of("AAPL", "MSFT", "NVDA", "AMZN", "GOOG", "TSLA", "META", "INTC")) {
            keys.add(of("md:" + instrument + ":top", "hash", "listpack", 6, 160));
            keys.add(of("md:" + instrument + ":bids", "hash", "listpack", 20, 560));
            keys.add(of("md:" + instrument + ":asks", "hash", "listpack", 20, 560));
            keys.add(of("ref:" + instrument, "hash", "listpack", 12, 420));
        }
        return keys;
    }

    private static SampledKey withTtl(SampledKey key, Optional<Duration> timeToLive) {
        return new SampledKey(
                key.database(),
                key.name(),
                key.redacted(),
                key.type(),
                key.encoding(),
                key.elements(),
                key.bytes(),
                Reading.known(timeToLive),
                key.idle(),
                key.frequency(),
                key.value());
    }
}
