import io.lettuce.core.api.sync.RedisCommands;
import java.math.BigDecimal;

/// Money and quantities are integers, scaled by the instrument: HINCRBY is exact, HINCRBYFLOAT is not.
final class ScaledIntegers {

    private final RedisCommands<String, String> redis;
    private final int decimals;

    ScaledIntegers(RedisCommands<String, String> redis, int decimals) {
        this.redis = redis;
        this.decimals = decimals;
    }

    /// `12.34` with two decimals is 1234. Throws ArithmeticException for `12.345`: nothing is rounded in silence.
    long scaled(String decimal) {
        return new BigDecimal(decimal).movePointRight(decimals).longValueExact();
    }

    BigDecimal decimal(long scaled) {
        return BigDecimal.valueOf(scaled, decimals);
    }

    /// The position after the fill.
    BigDecimal addFill(String account, String symbol, String quantity) {
        return decimal(redis.hincrby("pos:{" + account + "}", symbol, scaled(quantity)));
    }
}
