import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.api.sync.RedisCommands;

/// Frees large keys in the background: DEL of a million elements holds up every client.
final class UnlinkLarge {

    private static final int KEYS_A_STEP = 500;

    private final RedisCommands<String, String> redis;

    UnlinkLarge(RedisCommands<String, String> redis) {
        this.redis = redis;
    }

    boolean remove(String key) {
        return redis.unlink(key) == 1;
    }

    /// All keys of a pattern, in steps; for maintenance, never on a request path.
    long removeAll(String pattern) {
        long removed = 0;
        ScanCursor cursor = ScanCursor.INITIAL;
        do {
            KeyScanCursor<String> page = redis.scan(cursor, ScanArgs.Builder.matches(pattern).limit(KEYS_A_STEP));
            if (!page.getKeys().isEmpty()) {
                removed += redis.unlink(page.getKeys().toArray(String[]::new));
            }
            cursor = page;
        } while (!cursor.isFinished());
        return removed;
    }
}
