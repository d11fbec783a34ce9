import io.lettuce.core.api.sync.RedisCommands;
import java.util.Map;
import java.util.TreeMap;

/// A deep book split by bands of price: a reader near the top fetches one small key, a delete frees little at once.
final class SmallerKeys {

    private final RedisCommands<String, String> redis;
    private final long ticksABand;

    SmallerKeys(RedisCommands<String, String> redis, long ticksABand) {
        if (ticksABand < 1) {
            throw new IllegalArgumentException("a band has at least one tick, was " + ticksABand);
        }
        this.redis = redis;
        this.ticksABand = ticksABand;
    }

    void set(String instrument, String side, long priceTicks, long quantity) {
        String key = key(instrument, side, Math.floorDiv(priceTicks, ticksABand));
        if (quantity == 0) {
            redis.hdel(key, Long.toString(priceTicks));
        } else {
            redis.hset(key, Long.toString(priceTicks), Long.toString(quantity));
        }
    }

    /// The levels of the bands from `fromTicks` to `toTicks`, by price.
    TreeMap<Long, Long> between(String instrument, String side, long fromTicks, long toTicks) {
        TreeMap<Long, Long> levels = new TreeMap<>();
        for (long band = Math.floorDiv(fromTicks, ticksABand); band <= Math.floorDiv(toTicks, ticksABand); band++) {
            for (Map.Entry<String, String> level : redis.hgetall(key(instrument, side, band)).entrySet()) {
                levels.put(Long.valueOf(level.getKey()), Long.valueOf(level.getValue()));
            }
        }
        return new TreeMap<>(levels.subMap(fromTicks, true, toTicks, true));
    }

    private static String key(String instrument, String side, long band) {
        return "md:{" + instrument + "}:" + side + ":" + band;
    }
}
