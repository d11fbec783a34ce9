package io.cachewright.runtime;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.protocol.AsyncCommand;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks all Sentinels who the primary is, and believes the newest of their decisions.
///
/* Each failover has an epoch, which goes up by one. A Sentinel that was cut off still names the old primary under its
 * old epoch, so the greatest epoch among the answers decides, and never one below what was seen before: that keeps a
 * client from going back to an old primary that came back before it was told that it is none any more.
 */
final class SentinelWatch implements Endpoint {

    private static final Logger LOG = LoggerFactory.getLogger(SentinelWatch.class);

    /// Between two looks while all is well; spread by half of it, so that clients do not ask together.
    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final RedisClient client;
    private final Deployment.Sentinels sentinels;
    private final LinkClock clock;
    private final UnaryOperator<NodeAddress> mapping;
    private final Consumer<NodeAddress> moved;
    private final Map<RedisURI, StatefulRedisConnection<String, byte[]>> connections = new HashMap<>();
    private final AtomicBoolean isLooking = new AtomicBoolean();

    private Decision newest = new Decision(-1, new NodeAddress("", 0));
    private volatile long nextLookNanos;
    private boolean isClosed;

    private record Decision(long epoch, NodeAddress primary) {}

    /// `moved` hears of each primary that another one was before.
    SentinelWatch(
            RedisClient client,
            Deployment.Sentinels sentinels,
            LinkClock clock,
            UnaryOperator<NodeAddress> mapping,
            Consumer<NodeAddress> moved) {
        this.client = client;
        this.sentinels = sentinels;
        this.clock = clock;
        this.mapping = mapping;
        this.moved = moved;
        this.nextLookNanos = clock.nanoTime();
    }

    @Override
    public CompletionStage<RedisURI> locate() {
        CompletableFuture<RedisURI> located = new CompletableFuture<>();
        Thread.ofVirtual().name("cachewright-sentinels").start(() -> {
            try {
                located.complete(Deployment.at(sentinels.node(), mapping.apply(look())));
            } catch (RuntimeException e) {
                located.completeExceptionally(e);
            }
        });
        return located;
    }

    @Override
    public boolean isStill(RedisURI located) {
        NodeAddress decided;
        synchronized (this) {
            decided = newest.primary;
        }
        return mapping.apply(decided).equals(NodeAddress.of(located));
    }

    void tick() {
        if (clock.nanoTime() - nextLookNanos >= 0 && isLooking.compareAndSet(false, true)) {
            nextLookNanos = clock.nanoTime()
                    + PERIOD_NANOS / 2
                    + ThreadLocalRandom.current().nextLong(PERIOD_NANOS);
            Thread.ofVirtual().name("cachewright-sentinels").start(() -> {
                try {
                    look();
                } catch (RuntimeException e) {
                    LOG.debug("no Sentinel answers for {}", sentinels.name(), e);
                } finally {
                    isLooking.set(false);
                }
            });
        }
    }

    /// The primary as of the newest decision that any Sentinel knows.
    private NodeAddress look() {
        Map<RedisURI, CompletableFuture<Optional<Decision>>> asked = new LinkedHashMap<>();
        sentinels.sentinels().forEach(each -> asked.put(each, ask(each)));
        List<Decision> answers = new ArrayList<>();
        asked.forEach((sentinel, answer) -> result(sentinel, answer).ifPresent(answers::add));
        if (answers.isEmpty()) {
            throw new CacheException.Unavailable("no Sentinel of " + sentinels.name() + " answers");
        }
        return decide(answers);
    }

    private NodeAddress decide(List<Decision> answers) {
        NodeAddress before;
        NodeAddress after;
        synchronized (this) {
            before = newest.primary;
            for (Decision answer : answers) {
                if (answer.epoch > newest.epoch) {
                    newest = answer;
                }
            }
            after = newest.primary;
        }
        LOG.debug("Sentinels say {}, newest {}", answers, after);
        if (!after.equals(before)) {
            moved.accept(after);
        }
        return after;
    }

    private CompletableFuture<Optional<Decision>> ask(RedisURI sentinel) {
        return connection(sentinel)
                .thenCompose(connection -> {
                    AsyncCommand<String, byte[], List<Object>> command = Commands.sentinelMaster(sentinels.name());
                    CompletableFuture<List<Object>> answer = command.toCompletableFuture();
                    Primary.dispatch(connection, List.of(command));
                    return answer;
                })
                .thenApply(fields -> decision(fields, NodeAddress.of(sentinel)))
                .exceptionally(_ -> Optional.empty());
    }

    private static Optional<Decision> decision(List<Object> fields, NodeAddress asked) {
        Map<String, String> byName = new HashMap<>();
        for (int i = 0; i + 1 < fields.size(); i += 2) {
            byName.put(Primary.text(fields.get(i)), Primary.text(fields.get(i + 1)));
        }
        if (byName.getOrDefault("flags", "").contains("failover_in_progress")) {
            // It already tells the new epoch, and still the old address.
            return Optional.empty();
        }
        try {
            NodeAddress primary =
                    new NodeAddress(byName.getOrDefault("ip", ""), Integer.parseInt(byName.getOrDefault("port", "")));
            return Optional.of(
                    new Decision(Long.parseLong(byName.getOrDefault("config-epoch", "")), primary.seenFrom(asked)));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    private CompletableFuture<StatefulRedisConnection<String, byte[]>> connection(RedisURI sentinel) {
        synchronized (this) {
            StatefulRedisConnection<String, byte[]> open = connections.get(sentinel);
            if (open != null && open.isOpen()) {
                return CompletableFuture.completedFuture(open);
            }
        }
        RedisURI uri = Deployment.at(sentinel, NodeAddress.of(sentinel));
        uri.setTimeout(sentinels.node().getTimeout());
        return client.connectAsync(Commands.CODEC, uri)
                .toCompletableFuture()
                .thenApply(opened -> keep(sentinel, opened));
    }

    private synchronized StatefulRedisConnection<String, byte[]> keep(
            RedisURI sentinel, StatefulRedisConnection<String, byte[]> opened) {
        StatefulRedisConnection<String, byte[]> before = connections.put(sentinel, opened);
        if (before != null) {
            var _ = before.closeAsync();
        }
        if (isClosed) {
            var _ = opened.closeAsync();
        }
        return opened;
    }

    private Optional<Decision> result(RedisURI sentinel, CompletableFuture<Optional<Decision>> asked) {
        try {
            return asked.get(sentinels.node().getTimeout().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            // Nothing else says that the connection is dead: the next look takes another one.
            leave(sentinel);
            return Optional.empty();
        } catch (ExecutionException _) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private synchronized void leave(RedisURI sentinel) {
        StatefulRedisConnection<String, byte[]> silent = connections.remove(sentinel);
        if (silent != null) {
            var _ = silent.closeAsync();
        }
    }

    /// Ends the watch; its connections end with the driver: see [ServerLink#end].
    synchronized void close() {
        isClosed = true;
    }

    @Override
    public String toString() {
        return sentinels.name() + " of " + sentinels.sentinels();
    }
}
