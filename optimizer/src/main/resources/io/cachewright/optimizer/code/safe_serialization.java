import io.lettuce.core.api.sync.RedisCommands;
import java.nio.ByteBuffer;
import java.util.Optional;

/// A layout with a version instead of Java serialisation: any language reads it, and reading it runs no code.
final class SafeSerialization {

    record Quote(long bidPrice, long askPrice, long sequence, long exchangeTimeNanos) {}

    private static final byte VERSION = 1;
    private static final int BYTES = 1 + 4 * Long.BYTES;

    private final RedisCommands<String, byte[]> redis;

    SafeSerialization(RedisCommands<String, byte[]> redis) {
        this.redis = redis;
    }

    void write(String key, Quote quote) {
        redis.set(
                key,
                ByteBuffer.allocate(BYTES)
                        .put(VERSION)
                        .putLong(quote.bidPrice())
                        .putLong(quote.askPrice())
                        .putLong(quote.sequence())
                        .putLong(quote.exchangeTimeNanos())
                        .array());
    }

    /// Empty when there is none; fields that a later version appends are left unread.
    Optional<Quote> read(String key) {
        byte[] stored = redis.get(key);
        if (stored == null) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(stored);
        if (stored.length < BYTES || bytes.get() < VERSION) {
            throw new IllegalStateException(key + " holds no quote of version " + VERSION + " or later");
        }
        return Optional.of(new Quote(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong()));
    }
}
