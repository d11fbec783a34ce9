import io.lettuce.core.SetArgs;
import io.lettuce.core.api.sync.RedisCommands;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A session is stored under a keyed hash of its token: key names show up in SLOWLOG, MONITOR, backups and tools.
final class HashedTokens {

    private final RedisCommands<String, String> redis;
    private final SecretKeySpec pepper;

    /// @param pepper 32 random bytes from the secret store, never from Redis
    HashedTokens(RedisCommands<String, String> redis, byte[] pepper) {
        if (pepper.length < 32) {
            throw new IllegalArgumentException("the pepper has at least 32 bytes");
        }
        this.redis = redis;
        this.pepper = new SecretKeySpec(pepper, "HmacSHA256");
    }

    void open(String token, String session, Duration ttl) {
        redis.set(key(token), session, SetArgs.Builder.px(ttl.toMillis()));
    }

    Optional<String> find(String token) {
        return Optional.ofNullable(redis.get(key(token)));
    }

    private String key(String token) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(pepper);
            return "session:" + HexFormat.of().formatHex(mac.doFinal(token.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
