package io.cachewright.runtime;

import io.cachewright.domain.policy.Durability;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.protocol.AsyncCommand;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Writes that count as done only when replicas or disks have them, over a connection of their own: the server answers
/// nothing else on it while it waits for them.
///
/* Writes are committed in groups: all that came while the last group was waiting are sent together, with one WAIT or
 * WAITAOF behind them, which covers everything that was written on the connection before. So the rate is not bound to
 * one write for each round trip to the replicas.
 */
final class DurableWrites {

    private static final int QUEUED_MAX = 10_000;
    private static final int GROUP_MAX = 256;

    private static final class Write<T> {
        final AsyncCommand<String, byte[], T> command;
        final Durability durability;
        final boolean isAsking;
        final CompletableFuture<T> outcome = new CompletableFuture<>();

        Write(AsyncCommand<String, byte[], T> command, Durability durability, boolean isAsking) {
            this.command = command;
            this.durability = durability;
            this.isAsking = isAsking;
        }

        /// The write itself and what was waited for are answered.
        void answered(@Nullable Throwable shortfall) {
            if (command.isCompletedExceptionally()) {
                outcome.completeExceptionally(command.exceptionNow());
            } else if (shortfall != null) {
                outcome.completeExceptionally(shortfall);
            } else {
                outcome.complete(command.join());
            }
        }

        void failed(Throwable cause) {
            outcome.completeExceptionally(cause);
        }
    }

    private final RedisClient client;
    private final Endpoint endpoint;
    private final long timeoutMillis;
    private final Deque<Write<?>> queued = new ArrayDeque<>();
    private @Nullable StatefulRedisConnection<String, byte[]> connection;
    private boolean isBusy;
    private boolean isClosed;

    /// `timeoutMillis` bounds the wait for replicas and disks.
    DurableWrites(RedisClient client, Endpoint endpoint, long timeoutMillis) {
        this.client = client;
        this.endpoint = endpoint;
        this.timeoutMillis = timeoutMillis;
    }

    <T> CompletableFuture<T> write(AsyncCommand<String, byte[], T> command, Durability durability, boolean isAsking) {
        Write<T> write = new Write<>(command, durability, isAsking);
        boolean begins;
        synchronized (this) {
            if (isClosed || queued.size() >= QUEUED_MAX) {
                return CompletableFuture.failedFuture(new CacheException.Unavailable(
                        isClosed ? "the link is closed" : "more than " + QUEUED_MAX + " writes wait for replicas"));
            }
            queued.add(write);
            begins = !isBusy;
            isBusy = true;
        }
        if (begins) {
            next();
        }
        return write.outcome;
    }

    private void next() {
        List<Write<?>> group = new ArrayList<>();
        StatefulRedisConnection<String, byte[]> open;
        synchronized (this) {
            while (!queued.isEmpty()
                    && group.size() < GROUP_MAX
                    && (group.isEmpty() || group.getFirst().durability.equals(queued.getFirst().durability))) {
                group.add(queued.removeFirst());
            }
            if (group.isEmpty()) {
                isBusy = false;
                return;
            }
            open = connection != null && connection.isOpen() ? connection : null;
        }
        if (open != null) {
            commit(open, group);
            return;
        }
        var _ = endpoint.locate()
                .thenCompose(
                        uri -> client.connectAsync(Commands.CODEC, uri).thenApply(opened -> stillWanted(uri, opened)))
                .whenComplete((opened, failure) -> {
                    if (failure != null) {
                        group.forEach(write -> write.failed(failure));
                        next();
                    } else {
                        commit(opened, group);
                    }
                });
    }

    /// Keeps `opened`, unless another server was decided on while it was made.
    private StatefulRedisConnection<String, byte[]> stillWanted(
            RedisURI uri, StatefulRedisConnection<String, byte[]> opened) {
        keep(opened);
        if (!endpoint.isStill(uri)) {
            relocate();
            throw new Writes.NotSent("another server was decided on meanwhile by " + endpoint);
        }
        return opened;
    }

    private synchronized void keep(StatefulRedisConnection<String, byte[]> opened) {
        connection = opened;
        // The driver's own limit would end the wait before the server does.
        opened.setTimeout(Duration.ofMillis(2 * timeoutMillis));
        if (isClosed) {
            var _ = opened.closeAsync();
        }
    }

    private void commit(StatefulRedisConnection<String, byte[]> on, List<Write<?>> group) {
        List<AsyncCommand<String, byte[], ?>> commands = new ArrayList<>();
        for (Write<?> write : group) {
            if (write.isAsking) {
                commands.add(Commands.asking());
            }
            commands.add(write.command);
        }
        switch (group.getFirst().durability) {
            case Durability.Async() -> throw new IllegalStateException("an asynchronous write waits for nobody");
            case Durability.Replicated(int replicas) -> {
                AsyncCommand<String, byte[], Long> wait = Commands.waitReplicas(replicas, timeoutMillis);
                wait.onComplete((BiConsumer<? super Long, Throwable>) (have, failure) -> {
                    leaveIfSilent(on, failure);
                    answered(
                            group,
                            failure != null ? failure : have < replicas ? shortOf(replicas + " replicas", have) : null);
                });
                commands.add(wait);
            }
            case Durability.Durable(int replicas) -> {
                AsyncCommand<String, byte[], List<Object>> wait = Commands.waitDisks(replicas, timeoutMillis);
                wait.onComplete((BiConsumer<? super List<Object>, Throwable>) (have, failure) -> {
                    leaveIfSilent(on, failure);
                    answered(group, failure != null ? unsupported(failure) : shortfall(replicas, have));
                });
                commands.add(wait);
            }
        }
        Primary.dispatch(on, commands);
    }

    /// No heartbeats say that this connection is dead: the next group shall not wait for the same silence.
    private synchronized void leaveIfSilent(StatefulRedisConnection<String, byte[]> on, @Nullable Throwable failure) {
        if (failure instanceof RedisCommandTimeoutException && on.equals(connection)) {
            relocate();
        }
    }

    private static @Nullable Throwable shortfall(int replicas, List<Object> have) {
        long local = have.get(0) instanceof Long count ? count : 0;
        long remote = have.get(1) instanceof Long count ? count : 0;
        if (local < 1) {
            return shortOf("the primary's disk", local);
        }
        return remote < replicas ? shortOf("the disks of " + replicas + " replicas", remote) : null;
    }

    private static Throwable shortOf(String wanted, long have) {
        return new CacheException.NotDurable("the write was done, but not known to be on " + wanted + " in time (on "
                + have + "): it may be lost in a failover, and may be there all the same");
    }

    private static Throwable unsupported(Throwable failure) {
        return String.valueOf(failure.getMessage()).contains("unknown command")
                ? new CacheException.NotDurable(
                        "the write was done, but this server has no WAITAOF (Redis 7.2 or newer and Valkey have it):"
                                + " durability replicated(n) is what it can give")
                : failure;
    }

    private void answered(List<Write<?>> group, @Nullable Throwable shortfall) {
        group.forEach(write -> write.answered(shortfall));
        next();
    }

    /// Another server answers from now on.
    synchronized void relocate() {
        if (connection != null) {
            var _ = connection.closeAsync();
            connection = null;
        }
    }

    /// Nothing is written from now on; the connection is left to whoever ends the link.
    synchronized void end() {
        isClosed = true;
        queued.forEach(write -> write.failed(new CacheException.Unavailable("the link is closed")));
        queued.clear();
    }
}
