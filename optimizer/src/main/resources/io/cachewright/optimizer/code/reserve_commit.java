import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.sync.RedisCommands;

/// Risk limits without a gap between check and act. Amounts are in minor units, at most 2^53, where Lua is exact.
/// A retry of the same order holds once. When the server does not answer, no order goes out.
final class ReserveCommit {

    static final String RESERVE = """
            local order = 'order:' .. ARGV[1]
            if redis.call('HEXISTS', KEYS[1], order) == 1 then
              return 1
            end
            local v = redis.call('HMGET', KEYS[1], 'limit', 'used', 'reserved')
            if not v[1] then
              return redis.error_reply('NOLIMIT no limit is set')
            end
            local taken = tonumber(v[2] or '0') + tonumber(v[3] or '0')
            if taken + tonumber(ARGV[2]) > tonumber(v[1]) then
              return 0
            end
            redis.call('HINCRBY', KEYS[1], 'reserved', ARGV[2])
            redis.call('HSET', KEYS[1], order, ARGV[2])
            return 1
            """;

    static final String SETTLE = """
            local order = 'order:' .. ARGV[1]
            local held = redis.call('HGET', KEYS[1], order)
            if not held then
              return 0
            end
            redis.call('HINCRBY', KEYS[1], 'reserved', '-' .. held)
            redis.call('HINCRBY', KEYS[1], 'used', ARGV[2])
            redis.call('HDEL', KEYS[1], order)
            return 1
            """;

    private static final long EXACT_MAX = 1L << 53;

    private final RedisCommands<String, String> redis;

    ReserveCommit(RedisCommands<String, String> redis) {
        this.redis = redis;
    }

    /// False when the limit would be exceeded.
    boolean reserve(String account, String orderId, long amount) {
        return run(RESERVE, account, orderId, amount);
    }

    /// The order was filled for `amount`; what it held beyond that is free again.
    boolean commit(String account, String orderId, long amount) {
        return run(SETTLE, account, orderId, amount);
    }

    /// The order was rejected or cancelled.
    boolean release(String account, String orderId) {
        return run(SETTLE, account, orderId, 0);
    }

    private boolean run(String script, String account, String orderId, long amount) {
        if (amount < 0 || amount > EXACT_MAX) {
            throw new IllegalArgumentException("an amount is 0 to 2^53, was " + amount);
        }
        Long done = redis.eval(
                script, ScriptOutputType.INTEGER, new String[] {"lim:{" + account + "}"}, orderId, Long.toString(amount));
        return done == 1;
    }
}
