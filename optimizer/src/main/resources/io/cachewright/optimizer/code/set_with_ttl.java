import io.lettuce.core.SetArgs;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;

/// Value and lifetime in one command: no crash in between leaves a key that never expires.
final class SetWithTtl {

    private final RedisCommands<String, String> redis;

    SetWithTtl(RedisCommands<String, String> redis) {
        this.redis = redis;
    }

    void put(String key, String value, Duration ttl) {
        redis.set(key, value, SetArgs.Builder.px(ttl.toMillis()));
    }

    /// A plain SET would drop the lifetime.
    void replaceKeepingTtl(String key, String value) {
        redis.set(key, value, SetArgs.Builder.keepttl());
    }

    /// True for the one caller that came first, for example with an order's idempotency key.
    boolean putIfAbsent(String key, String value, Duration ttl) {
        return "OK".equals(redis.set(key, value, SetArgs.Builder.nx().px(ttl.toMillis())));
    }
}
