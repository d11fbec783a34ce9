import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;

/// One client and one connection for the whole life of the program; Lettuce multiplexes all threads over it.
/// Transactions and blocking commands need a connection of their own, which is also kept.
final class ConnectionReuse implements AutoCloseable {

    private final RedisClient client;
    private final StatefulRedisConnection<String, String> shared;

    ConnectionReuse(String uri) {
        client = RedisClient.create(RedisURI.create(uri));
        client.setOptions(ClientOptions.builder()
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(Duration.ofSeconds(2))
                        .build())
                .timeoutOptions(TimeoutOptions.enabled(Duration.ofMillis(250)))
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(10_000)
                .build());
        shared = client.connect();
    }

    StatefulRedisConnection<String, String> shared() {
        return shared;
    }

    @Override
    public void close() {
        shared.close();
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    }
}
