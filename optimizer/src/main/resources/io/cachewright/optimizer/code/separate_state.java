import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;

/// Orders, risk and locks go to a server that never evicts; what can be rebuilt goes to one that may.
final class SeparateState implements AutoCloseable {

    private final RedisClient stateClient;
    private final RedisClient cacheClient;
    private final StatefulRedisConnection<String, String> state;
    private final StatefulRedisConnection<String, String> cache;

    SeparateState(String stateUri, String cacheUri) {
        stateClient = RedisClient.create(stateUri);
        cacheClient = RedisClient.create(cacheUri);
        state = stateClient.connect();
        cache = cacheClient.connect();
        String policy = state.sync().configGet("maxmemory-policy").get("maxmemory-policy");
        if (!"noeviction".equals(policy)) {
            close();
            throw new IllegalStateException("the state server may evict (" + policy + "): refusing to start");
        }
    }

    void saveOrder(String account, String orderId, String order) {
        state.sync().hset("ord:{" + account + "}", orderId, order);
    }

    void cacheQuote(String instrument, String quote) {
        cache.sync().psetex("md:{" + instrument + "}:quote", 3_000, quote);
    }

    @Override
    public void close() {
        stateClient.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        cacheClient.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    }
}
