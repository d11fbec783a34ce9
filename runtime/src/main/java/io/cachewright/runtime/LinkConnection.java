package io.cachewright.runtime;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import org.jspecify.annotations.Nullable;

/// The connections of one link, one at a time: opened, armed, asked for heartbeats and closed as the link's coherence
/// wants it. The link hears what becomes of them; its monitor guards which one is current.
///
/* Everything that arrives on a connection is handled on its event loop thread, in order: answers (their callbacks are
 * attached before they are sent), invalidations and heartbeats.
 *
 * Reconnecting is the machine's business, not Lettuce's: a connection object is one generation, and no command
 * is ever sent twice.
 */
final class LinkConnection {

    private final ServerLink link;
    private final RedisClient client;
    private final Endpoint endpoint;
    private final LinkSettings settings;
    private final LinkReads reads;
    private final LogFollower log;

    private @Nullable StatefulRedisConnection<String, byte[]> current;
    private volatile @Nullable String probe;

    LinkConnection(
            ServerLink link,
            RedisClient client,
            Endpoint endpoint,
            LinkSettings settings,
            LinkReads reads,
            LogFollower log) {
        this.link = link;
        this.client = client;
        this.endpoint = endpoint;
        this.settings = settings;
        this.reads = reads;
        this.log = log;
    }

    /// Null while there is none.
    @Nullable
    StatefulRedisConnection<String, byte[]> current() {
        return current;
    }

    /// Heartbeats ask from now on whether the server owns `key`.
    void probe(String key) {
        probe = key;
    }

    void open(long generation) {
        var _ = endpoint.locate()
                .thenCompose(
                        uri -> client.connectAsync(Commands.CODEC, uri).thenApply(opened -> new Opened(uri, opened)))
                .whenComplete((opened, failure) -> {
                    if (failure != null) {
                        link.connectFailed(generation, failure);
                    } else {
                        opened(generation, opened.uri, opened.connection);
                    }
                });
    }

    private record Opened(RedisURI uri, StatefulRedisConnection<String, byte[]> connection) {}

    private void opened(long generation, RedisURI uri, StatefulRedisConnection<String, byte[]> opened) {
        synchronized (link) {
            if (!link.isAwaiting(generation)) {
                var _ = opened.closeAsync();
                return;
            }
            current = opened;
            opened.addListener(message -> PushedInvalidation.of(message).ifPresent(link::pushed));
            opened.addListener(new Ending(() -> link.disconnected(generation)));
            var _ = opened.dispatch(reads.claim(generation));
            arm(generation, uri, opened);
            if (!opened.isOpen()) {
                link.disconnected(generation);
            }
        }
    }

    private void arm(long generation, RedisURI uri, StatefulRedisConnection<String, byte[]> opened) {
        long sentNanos = settings.clock().nanoTime();
        CatchUp catchUp = log.catchUp();
        LinkRequests.arm(opened, settings, catchUp, refusal -> {
            synchronized (link) {
                if (refusal.isEmpty() && endpoint.isStill(uri)) {
                    link.armed(generation, sentNanos, catchUp);
                } else {
                    var _ = opened.closeAsync();
                    link.connectFailed(generation, refusal.orElseGet(() -> new Moved(endpoint)));
                }
            }
        });
    }

    /// Another server was decided on while the connection was made: nobody would tell the link to leave it again.
    private static final class Moved extends RuntimeException {
        Moved(Endpoint endpoint) {
            super("another server was decided on meanwhile by " + endpoint);
        }
    }

    void beat(long generation, long id) {
        StatefulRedisConnection<String, byte[]> on = current;
        if (on != null) {
            beat(on, generation, id);
        }
    }

    /// Sends the heartbeat over `on`, which proves something only where `on` is the connection that answers reads.
    void beat(StatefulRedisConnection<String, byte[]> on, long generation, long id) {
        LinkRequests.beat(on, probe, log.beforeHeartbeat(generation, id), beat -> {
            switch (beat) {
                case PROVES -> link.heartbeatAnswered(generation, id);
                case PROVES_NOTHING -> {}
                case WRONG_SERVER -> link.giveUp(generation);
            }
        });
    }

    void close() {
        StatefulRedisConnection<String, byte[]> closed = current;
        current = null;
        if (closed != null) {
            var _ = closed.closeAsync();
        }
    }
}
