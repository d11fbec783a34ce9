import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Keeps the latest value of each key and sends all of them together, every few milliseconds.
final class PipelineWrites {

    private final StatefulRedisConnection<String, String> connection;
    private final Map<String, String> latest = new ConcurrentHashMap<>();
    private final Duration timeout;

    /// @param connection for this writer alone: it is flushed by hand
    PipelineWrites(StatefulRedisConnection<String, String> connection, Duration timeout) {
        this.connection = connection;
        this.timeout = timeout;
        connection.setAutoFlushCommands(false);
    }

    /// A tick that is overtaken before the next flush is never sent.
    void onTick(String key, String value) {
        latest.put(key, value);
    }

    /// Called by a timer, every 1 to 10 ms. What could not be written is offered again, unless a newer value came.
    void flush() {
        Map<String, String> batch = new java.util.HashMap<>();
        latest.forEach((key, value) -> {
            if (latest.remove(key, value)) {
                batch.put(key, value);
            }
        });
        if (batch.isEmpty()) {
            return;
        }
        List<RedisFuture<?>> sent = new ArrayList<>();
        batch.forEach((key, value) -> sent.add(connection.async().set(key, value)));
        connection.flushCommands();
        boolean done;
        try {
            done = LettuceFutures.awaitAll(timeout, sent.toArray(RedisFuture[]::new));
        } catch (RuntimeException e) {
            batch.forEach(latest::putIfAbsent);
            throw e;
        }
        if (!done) {
            batch.forEach(latest::putIfAbsent);
            throw new IllegalStateException(sent.size() + " writes were not answered within " + timeout);
        }
    }
}
