import io.lettuce.core.KeyValue;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A watch-list in one round trip instead of one a symbol.
final class BatchReads {

    /// Bounds one reply: a thousand quotes of 200 bytes are 200 KB.
    private static final int KEYS_A_CALL_MAX = 1_000;

    private final RedisCommands<String, String> redis;

    BatchReads(RedisCommands<String, String> redis) {
        this.redis = redis;
    }

    /// Symbols without a quote are left out. In a cluster Lettuce splits MGET by slot by itself.
    Map<String, String> quotes(List<String> symbols) {
        Map<String, String> quotes = new LinkedHashMap<>();
        for (int from = 0; from < symbols.size(); from += KEYS_A_CALL_MAX) {
            List<String> batch = symbols.subList(from, Math.min(symbols.size(), from + KEYS_A_CALL_MAX));
            String[] keys = batch.stream().map(symbol -> "md:{" + symbol + "}:quote").toArray(String[]::new);
            List<KeyValue<String, String>> values = redis.mget(keys);
            for (int index = 0; index < batch.size(); index++) {
                if (values.get(index).hasValue()) {
                    quotes.put(batch.get(index), values.get(index).getValue());
                }
            }
        }
        return quotes;
    }
}
