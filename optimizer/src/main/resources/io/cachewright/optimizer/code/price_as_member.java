import io.lettuce.core.api.sync.RedisCommands;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The price names the level and the quantity is its value; a quantity of zero deletes the level.
final class PriceAsMember {

    private final RedisCommands<String, String> redis;

    PriceAsMember(RedisCommands<String, String> redis) {
        this.redis = redis;
    }

    /// Price → quantity, both scaled integers, of one side; all of them become visible together. The connection of
    /// `redis` must not be shared with other threads while a transaction is open.
    void update(String key, Map<Long, Long> changed) {
        Map<String, String> set = changed.entrySet().stream()
                .filter(level -> level.getValue() != 0)
                .collect(Collectors.toMap(
                        level -> level.getKey().toString(), level -> level.getValue().toString()));
        List<String> gone = changed.entrySet().stream()
                .filter(level -> level.getValue() == 0)
                .map(level -> level.getKey().toString())
                .toList();
        redis.multi();
        try {
            if (!set.isEmpty()) {
                redis.hset(key, set);
            }
            if (!gone.isEmpty()) {
                redis.hdel(key, gone.toArray(String[]::new));
            }
        } catch (RuntimeException e) {
            redis.discard();
            throw e;
        }
        redis.exec();
    }
}
