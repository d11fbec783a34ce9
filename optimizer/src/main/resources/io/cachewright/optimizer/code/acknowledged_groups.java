import io.lettuce.core.Consumer;
import io.lettuce.core.RedisBusyException;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XAutoClaimArgs;
import io.lettuce.core.XGroupCreateArgs;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;

/// Each entry is acknowledged once it is done; entries of a consumer that died are taken over.
final class AcknowledgedGroups {

    private static final int ENTRIES_MAX = 100;

    private final RedisCommands<String, String> redis;
    private final String stream;
    private final String group;
    private final String consumer;

    AcknowledgedGroups(RedisCommands<String, String> redis, String stream, String group, String consumer) {
        this.redis = redis;
        this.stream = stream;
        this.group = group;
        this.consumer = consumer;
        try {
            redis.xgroupCreate(StreamOffset.from(stream, "0"), group, XGroupCreateArgs.Builder.mkstream());
        } catch (RedisBusyException _) {
            // The group is there already.
        }
    }

    /// One turn: first what others left behind, then what is new. `handle` must bear to see an entry twice. The
    /// connection is this consumer's own, as it blocks.
    void poll(java.util.function.Consumer<StreamMessage<String, String>> handle, Duration abandonedAfter, Duration wait) {
        redis.xautoclaim(
                        stream,
                        XAutoClaimArgs.Builder.xautoclaim(Consumer.from(group, consumer), abandonedAfter, "0-0")
                                .count(ENTRIES_MAX))
                .getMessages()
                .forEach(message -> done(message, handle));
        redis.xreadgroup(
                        Consumer.from(group, consumer),
                        XReadArgs.Builder.count(ENTRIES_MAX).block(wait),
                        StreamOffset.lastConsumed(stream))
                .forEach(message -> done(message, handle));
    }

    private void done(
            StreamMessage<String, String> message, java.util.function.Consumer<StreamMessage<String, String>> handle) {
        handle.accept(message);
        redis.xack(stream, group, message.getId());
    }
}
