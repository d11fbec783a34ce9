import io.lettuce.core.KeyValue;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Every value says which update it is and when it happened, so that a reader can refuse what is old.
final class SequenceAndTime {

    private final RedisCommands<String, String> redis;
    private final Clock clock;

    SequenceAndTime(RedisCommands<String, String> redis, Clock clock) {
        this.redis = redis;
        this.clock = clock;
    }

    /// Times are nanoseconds since 1970 as integers; a double loses them.
    void write(String key, long price, long sequence, Instant exchangeTime) {
        redis.hset(
                key,
                Map.of(
                        "px", Long.toString(price),
                        "seq", Long.toString(sequence),
                        "exchTs", Long.toString(nanos(exchangeTime)),
                        "recvTs", Long.toString(nanos(clock.instant()))));
    }

    /// The price, unless it is older than `maxAge` or was overtaken by one that the caller has seen.
    Optional<Long> read(String key, long sequenceSeen, Duration maxAge) {
        List<KeyValue<String, String>> fields = redis.hmget(key, "px", "seq", "recvTs");
        if (fields.stream().anyMatch(KeyValue::isEmpty)) {
            return Optional.empty();
        }
        long sequence = Long.parseLong(fields.get(1).getValue());
        long ageNanos = nanos(clock.instant()) - Long.parseLong(fields.get(2).getValue());
        boolean isFresh = sequence >= sequenceSeen && ageNanos <= maxAge.toNanos();
        return isFresh ? Optional.of(Long.valueOf(fields.get(0).getValue())) : Optional.empty();
    }

    private static long nanos(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
    }
}
