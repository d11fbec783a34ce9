import io.lettuce.core.api.sync.RedisCommands;
import java.util.Comparator;
import java.util.List;

/// Keeps the depth that was subscribed: levels that left it are never updated again and would stay for ever.
final class TrimDepth {

    private final RedisCommands<String, String> redis;

    TrimDepth(RedisCommands<String, String> redis) {
        this.redis = redis;
    }

    /// Removes what lies deeper than `depth` in a side (price → quantity); call it after each batch.
    long trim(String key, boolean bids, int depth) {
        Comparator<Long> best = bids ? Comparator.reverseOrder() : Comparator.naturalOrder();
        List<String> tooDeep = redis.hkeys(key).stream()
                .map(Long::valueOf)
                .sorted(best)
                .skip(depth)
                .map(price -> Long.toString(price))
                .toList();
        return tooDeep.isEmpty() ? 0 : redis.hdel(key, tooDeep.toArray(String[]::new));
    }
}
