import io.lettuce.core.api.sync.RedisCommands;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Price and size of a side live in one hash, price → quantity (scaled integers): they cannot disagree.
final class OneBookStructure {

    record Level(long price, long quantity) {}

    private final RedisCommands<String, String> redis;

    OneBookStructure(RedisCommands<String, String> redis) {
        this.redis = redis;
    }

    void set(String instrument, String side, long price, long quantity) {
        String key = key(instrument, side);
        if (quantity == 0) {
            redis.hdel(key, Long.toString(price));
        } else {
            redis.hset(key, Long.toString(price), Long.toString(quantity));
        }
    }

    /// Best level first. Sorting a few hundred levels here costs less than a second structure there.
    List<Level> best(String instrument, String side, int depth) {
        Comparator<Level> ascending = Comparator.comparingLong(Level::price);
        Map<String, String> levels = redis.hgetall(key(instrument, side));
        return levels.entrySet().stream()
                .map(level -> new Level(Long.parseLong(level.getKey()), Long.parseLong(level.getValue())))
                .sorted(side.equals("bid") ? ascending.reversed() : ascending)
                .limit(depth)
                .toList();
    }

    private static String key(String instrument, String side) {
        return "md:{" + instrument + "}:" + side;
    }
}
