import io.lettuce.core.api.sync.RedisCommands;
import java.util.Map;

/// Builds a book aside and swaps it in: a reader sees the old one or the new one, never half of it.
final class AtomicSwap {

    private final RedisCommands<String, String> redis;

    AtomicSwap(RedisCommands<String, String> redis) {
        this.redis = redis;
    }

    /// Both names carry the same hash tag, so that RENAME works in a cluster too.
    void replace(String instrument, Map<String, String> levels) {
        if (levels.isEmpty()) {
            throw new IllegalArgumentException("an empty book of " + instrument + " replaces nothing; unlink it instead");
        }
        String live = "md:{" + instrument + "}:l2";
        String next = live + ":next";
        redis.unlink(next);
        redis.hset(next, levels);
        redis.rename(next, live);
    }
}
