import io.lettuce.core.SetArgs;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.util.random.RandomGenerator;

/// Keys that are written together do not expire together.
final class TtlJitter {

    private final RedisCommands<String, String> redis;
    private final RandomGenerator random;
    private final double share;

    /// @param share how far lifetimes are spread: 0.1 is ± 10 %
    TtlJitter(RedisCommands<String, String> redis, RandomGenerator random, double share) {
        if (share < 0 || share >= 1) {
            throw new IllegalArgumentException("share is 0 to below 1, was " + share);
        }
        this.redis = redis;
        this.random = random;
        this.share = share;
    }

    void put(String key, String value, Duration ttl) {
        redis.set(key, value, SetArgs.Builder.px(spreadMillis(ttl)));
    }

    long spreadMillis(Duration ttl) {
        double factor = 1 + share * (2 * random.nextDouble() - 1);
        return Math.max(1, Math.round(ttl.toMillis() * factor));
    }
}
