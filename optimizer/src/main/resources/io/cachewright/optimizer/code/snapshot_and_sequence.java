import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.function.Consumer;

/// Publishes small deltas with their sequence; whoever missed one loads the snapshot. Pub/Sub may drop a message, the
/// sequence makes that visible.
final class SnapshotAndSequence {

    /// What a subscriber does with the book.
    interface Book {
        long sequence();

        void load(String snapshot);

        void apply(long sequence, String delta);
    }

    /// The snapshot (which starts with its sequence) and the delta leave together. The connection must not be shared
    /// with other threads.
    static void publish(RedisCommands<String, String> redis, String instrument, long sequence, String delta, String snapshot) {
        redis.multi();
        redis.set("md:{" + instrument + "}:snap", snapshot);
        redis.publish("md:{" + instrument + "}:delta", sequence + " " + delta);
        redis.exec();
    }

    /// Subscribes first and loads then, so that nothing falls in between. `reload` runs on a thread of the caller's:
    /// a listener must not wait for the server.
    static void follow(
            StatefulRedisPubSubConnection<String, String> subscriber, String instrument, Book book, Consumer<Book> reload) {
        subscriber.addListener(new RedisPubSubAdapter<>() {
            @Override
            public void subscribed(String channel, long count) {
                reload.accept(book);
            }

            @Override
            public void message(String channel, String message) {
                int blank = message.indexOf(' ');
                long sequence = Long.parseLong(message.substring(0, blank));
                if (sequence <= book.sequence()) {
                    return;
                }
                if (sequence == book.sequence() + 1) {
                    book.apply(sequence, message.substring(blank + 1));
                } else {
                    reload.accept(book);
                }
            }
        });
        subscriber.async().subscribe("md:{" + instrument + "}:delta");
    }
}
