import io.lettuce.core.Range;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.XTrimArgs;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// The tape as a stream with a cap by count on each write and by age now and then.
final class CappedStream {

    private final RedisCommands<String, String> redis;
    private final long tradesMax;

    CappedStream(RedisCommands<String, String> redis, long tradesMax) {
        this.redis = redis;
        this.tradesMax = tradesMax;
    }

    /// `~` trims by whole nodes: cheap, and at most one node too much.
    String add(String instrument, long price, long quantity) {
        return redis.xadd(
                key(instrument),
                XAddArgs.Builder.maxlen(tradesMax).approximateTrimming(),
                Map.of("p", Long.toString(price), "q", Long.toString(quantity)));
    }

    /// Count alone keeps a quiet instrument's trades for days.
    long trimOlderThan(String instrument, Duration age, Instant now) {
        String oldest = Long.toString(now.minus(age).toEpochMilli());
        return redis.xtrim(key(instrument), XTrimArgs.Builder.minId(oldest).approximateTrimming());
    }

    List<StreamMessage<String, String>> last(String instrument, int count) {
        return redis.xrevrange(key(instrument), Range.unbounded(), io.lettuce.core.Limit.from(count));
    }

    private static String key(String instrument) {
        return "md:{" + instrument + "}:tr";
    }
}
