import io.lettuce.core.ScanIterator;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.ArrayList;
import java.util.List;

/// A set knows which instruments there are: nobody asks the keyspace with KEYS or SCAN.
final class KeyRegistry {

    private static final String INSTRUMENTS = "md:instruments";

    private final RedisCommands<String, String> redis;

    KeyRegistry(RedisCommands<String, String> redis) {
        this.redis = redis;
    }

    void write(String instrument, String quote, long ttlMillis) {
        redis.set("md:{" + instrument + "}:quote", quote, SetArgs.Builder.px(ttlMillis));
        redis.sadd(INSTRUMENTS, instrument);
    }

    void delist(String instrument) {
        redis.srem(INSTRUMENTS, instrument);
        redis.unlink("md:{" + instrument + "}:quote");
    }

    /// SSCAN of one set, in steps that do not hold up the server.
    List<String> instruments() {
        List<String> found = new ArrayList<>();
        ScanIterator.sscan(redis, INSTRUMENTS).forEachRemaining(found::add);
        return found;
    }
}
