import io.lettuce.core.KeyValue;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Best bid and offer in a key of their own: 150 bytes for those who need no depth.
final class TopOfBookKey {

    record Top(long bidPrice, long bidQuantity, long askPrice, long askQuantity, long sequence) {}

    /// Three heartbeats of the feed: a top without a feed behind it disappears.
    private static final long LEASE_MILLIS = 3_000;

    private final RedisCommands<String, String> redis;

    TopOfBookKey(RedisCommands<String, String> redis) {
        this.redis = redis;
    }

    /// Only when the top changed: deeper levels do not touch it. The connection must not be shared with other threads.
    void write(String instrument, Top top) {
        String key = "md:{" + instrument + "}:l1";
        redis.multi();
        redis.hset(
                key,
                Map.of(
                        "bidPx", Long.toString(top.bidPrice()),
                        "bidQty", Long.toString(top.bidQuantity()),
                        "askPx", Long.toString(top.askPrice()),
                        "askQty", Long.toString(top.askQuantity()),
                        "seq", Long.toString(top.sequence())));
        redis.pexpire(key, LEASE_MILLIS);
        redis.exec();
    }

    Optional<Top> read(String instrument) {
        List<KeyValue<String, String>> fields =
                redis.hmget("md:{" + instrument + "}:l1", "bidPx", "bidQty", "askPx", "askQty", "seq");
        if (fields.stream().anyMatch(KeyValue::isEmpty)) {
            return Optional.empty();
        }
        long[] values = fields.stream().mapToLong(field -> Long.parseLong(field.getValue())).toArray();
        return Optional.of(new Top(values[0], values[1], values[2], values[3], values[4]));
    }
}
