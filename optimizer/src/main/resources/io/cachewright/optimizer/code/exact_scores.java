import io.lettuce.core.Range;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.List;

/// Orders of one side by price, then by arrival: the score is the price in ticks, which a double holds exactly, and the
/// time is in the member, where equal scores are sorted by bytes.
final class ExactScores {

    /// Above this, neighbouring integers share a double.
    private static final long EXACT_MAX = 1L << 53;

    private final RedisCommands<String, String> redis;

    ExactScores(RedisCommands<String, String> redis) {
        this.redis = redis;
    }

    void add(String key, long priceTicks, long sequence, String orderId) {
        if (Math.abs(priceTicks) > EXACT_MAX) {
            throw new IllegalArgumentException("a score is exact up to 2^53, was " + priceTicks);
        }
        redis.zadd(key, priceTicks, "%019d:%s".formatted(sequence, orderId));
    }

    /// Cheapest and oldest first. For bids store the negative price, so that the oldest still comes first.
    List<String> first(String key, int count) {
        return redis.zrange(key, 0, count - 1L).stream()
                .map(member -> member.substring(member.indexOf(':') + 1))
                .toList();
    }

    long countBetween(String key, long fromTicks, long toTicks) {
        return redis.zcount(key, Range.create(fromTicks, toTicks));
    }
}
