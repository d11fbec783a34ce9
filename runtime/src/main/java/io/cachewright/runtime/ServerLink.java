package io.cachewright.runtime;

import io.cachewright.runtime.coherence.Lease;
import io.cachewright.runtime.coherence.LinkActions;
import io.cachewright.runtime.coherence.LinkCoherence;
import io.cachewright.runtime.coherence.LinkState;
import io.cachewright.runtime.coherence.Proof;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.push.PushMessage;
import io.lettuce.core.protocol.AsyncCommand;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Drives the coherence of one link over one Lettuce connection at a time.
///
/* Everything that arrives on a connection is handled on its event loop thread, in order: answers (their callbacks are
 * attached before they are sent), invalidations and heartbeats. The machine and what must happen in one step with
 * it are guarded by this object's monitor, which is held for bookkeeping only.
 *
 * Reconnecting is the machine's business, not Lettuce's: a connection object is one generation, and no command
 * is ever sent twice.
 */
class ServerLink implements LinkActions<String> {

    private static final Logger LOG = LoggerFactory.getLogger(ServerLink.class);

    /// Where the machine's drops go.
    interface Drops {
        void drop(String key);

        void dropAll();

        /// The server itself says that `key` changed; the drop follows.
        default void pushed(String key) {}
    }

    private final RedisClient client;
    private final Endpoint endpoint;
    private final LinkSettings settings;
    private final Drops drops;
    private final LinkCoherence<String> machine;
    private final Proof proof;
    private final ProofWaiters proofWaiters = new ProofWaiters();
    private final LinkClock clock;
    private final AtomicLong reconnects = new AtomicLong();

    private @Nullable StatefulRedisConnection<String, byte[]> connection;
    private volatile LinkState state = LinkState.GAP;
    private volatile @Nullable Throwable lastFailure;
    private boolean isClosed;

    ServerLink(RedisClient client, Endpoint endpoint, LinkSettings settings, Drops drops) {
        this.client = client;
        this.endpoint = endpoint;
        this.settings = settings;
        this.drops = drops;
        this.clock = settings.clock();
        this.machine = new LinkCoherence<>(settings.bounds(), this, new SplittableRandom(), clock.nanoTime());
        this.proof = machine.proof();
    }

    // For readers

    final Proof proof() {
        return proof;
    }

    final boolean isLive() {
        return state == LinkState.LIVE;
    }

    final LinkState state() {
        return state;
    }

    final Endpoint endpoint() {
        return endpoint;
    }

    final long reconnects() {
        return reconnects.get();
    }

    /// Why the link is not up, as far as it is known.
    final @Nullable Throwable lastFailure() {
        return lastFailure;
    }

    /// Waits until reads can be sent; false when they still cannot at `deadlineNanos`.
    final synchronized boolean awaitArmed(long deadlineNanos) throws InterruptedException {
        while (!isArmed()) {
            long left = deadlineNanos - clock.nanoTime();
            if (left <= 0 || isClosed) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, 1));
        }
        return true;
    }

    /// Takes the lease of `read`, which must then be sent; false when the link is not armed.
    final synchronized boolean issue(RemoteRead read) {
        StatefulRedisConnection<String, byte[]> current = connection;
        if (!isArmed() || current == null) {
            return false;
        }
        read.issuedUnder(machine.lease(read.key(), clock.nanoTime()), current);
        return true;
    }

    /// Sends a read that was issued.
    final void send(RemoteRead read) {
        dispatch(read.connection(), commandsOf(read));
    }

    /// Sends reads that were issued on one connection, together.
    final void sendAll(List<? extends RemoteRead> reads) {
        IdentityHashMap<StatefulRedisConnection<String, byte[]>, List<AsyncCommand<String, byte[], ?>>> byConnection =
                new IdentityHashMap<>();
        for (RemoteRead read : reads) {
            byConnection
                    .computeIfAbsent(read.connection(), _ -> new ArrayList<>(2 * reads.size()))
                    .addAll(commandsOf(read));
        }
        byConnection.forEach(ServerLink::dispatch);
    }

    private List<AsyncCommand<String, byte[], ?>> commandsOf(RemoteRead read) {
        AsyncCommand<String, byte[], byte[]> get = Commands.get(read.key());
        AsyncCommand<String, byte[], Long> ttl = Commands.pttl(read.key());
        // Attached before sending, so that it runs on the event loop, in the order of the answers.
        ttl.onComplete((BiConsumer<? super Long, Throwable>) (millis, failure) -> {
            byte[] value = null;
            Throwable cause = failure;
            if (get.isCompletedExceptionally()) {
                cause = get.exceptionNow();
            } else if (cause == null) {
                value = get.join();
            }
            arrived(read, value, millis == null ? RemoteRead.NO_TTL : millis, cause);
        });
        return settings.tracking() == Tracking.OPT_IN ? List.of(Commands.caching(), get, ttl) : List.of(get, ttl);
    }

    private synchronized void arrived(
            RemoteRead read, byte @Nullable [] value, long ttlMillis, @Nullable Throwable cause) {
        if (cause == null) {
            machine.answered(read.lease(), clock.nanoTime());
            proofWaiters.proved(proof.provedNanos());
            read.answered(value, ttlMillis);
        } else {
            machine.abandon(read.lease());
            read.failed(cause);
        }
    }

    /// Ends the lease of `read`; runs `store` in the same step when its answer may be kept.
    final synchronized void store(RemoteRead read, Runnable store) {
        if (mayStore(read.lease())) {
            store.run();
        }
    }

    /// Where the answer of `read` comes from, for an entry that is stored in this step.
    final Entry.Origin origin(RemoteRead read) {
        return new Entry.Origin(proof, storeEpoch(), read.lease().issuedNanos(), true);
    }

    /// The epoch that what is stored now belongs to.
    long storeEpoch() {
        return proof.epoch();
    }

    boolean mayStore(Lease<String> lease) {
        return machine.mayStore(lease);
    }

    final synchronized void abandon(RemoteRead read) {
        machine.abandon(read.lease());
    }

    /// Sends a command that changes nothing that is kept near.
    final <T> CompletableFuture<T> call(AsyncCommand<String, byte[], T> command) {
        StatefulRedisConnection<String, byte[]> current;
        synchronized (this) {
            current = connection;
            if (!isArmed() || current == null) {
                return CompletableFuture.failedFuture(noLink());
            }
        }
        CompletableFuture<T> outcome = new CompletableFuture<>();
        command.onComplete((BiConsumer<? super T, Throwable>) (result, failure) -> {
            if (failure == null) {
                outcome.complete(result);
            } else {
                outcome.completeExceptionally(failure);
            }
        });
        dispatch(current, List.of(command));
        return outcome;
    }

    private CacheException noLink() {
        return new CacheException.Unavailable("no link to " + endpoint);
    }

    /// Sends a write of `key`. What is stored of it is dropped before and after, so that the writer reads its own
    /// write.
    final <T> CompletableFuture<T> write(String key, AsyncCommand<String, byte[], T> command) {
        return send(command, () -> machine.invalidated(key));
    }

    /// Sends a command that changes nothing that is kept near.
    final <T> CompletableFuture<T> ask(AsyncCommand<String, byte[], T> command) {
        return send(command, () -> {});
    }

    /// `invalidate` runs before and after, in one step with the machine.
    private <T> CompletableFuture<T> send(AsyncCommand<String, byte[], T> command, Runnable invalidate) {
        StatefulRedisConnection<String, byte[]> current;
        synchronized (this) {
            current = connection;
            if (!isArmed() || current == null) {
                return CompletableFuture.failedFuture(noLink());
            }
            invalidate.run();
        }
        CompletableFuture<T> outcome = new CompletableFuture<>();
        command.onComplete((BiConsumer<? super T, Throwable>) (result, failure) -> {
            synchronized (this) {
                invalidate.run();
            }
            if (failure == null) {
                outcome.complete(result);
            } else {
                outcome.completeExceptionally(failure);
            }
        });
        dispatch(current, List.of(command));
        return outcome;
    }

    /// Completes with true once the link is proved as of `sinceNanos` or later, with false when it is lost before.
    final CompletableFuture<Boolean> proofSince(long sinceNanos) {
        CompletableFuture<Boolean> outcome = new CompletableFuture<>();
        synchronized (this) {
            if (!isArmed()) {
                outcome.complete(false);
            } else if (proof.provedNanos() - sinceNanos >= 0) {
                outcome.complete(true);
            } else {
                proofWaiters.add(sinceNanos, outcome);
                machine.wantProof(clock.nanoTime());
            }
        }
        return outcome;
    }

    // Time and ends

    final synchronized void tick() {
        if (!isClosed) {
            machine.tick(clock.nanoTime());
        }
    }

    final synchronized void close() {
        isClosed = true;
        proofWaiters.lost();
        notifyAll();
        if (connection != null) {
            var _ = connection.closeAsync();
            connection = null;
        }
    }

    // What the machine asks for; the monitor is held

    @Override
    public void connect(long generation) {
        var _ = endpoint.locate()
                .thenCompose(uri -> client.connectAsync(Commands.CODEC, uri))
                .whenComplete((opened, failure) -> {
                    if (failure != null) {
                        connectFailed(generation, failure);
                    } else {
                        connected(generation, opened);
                    }
                });
    }

    private synchronized void connectFailed(long generation, Throwable failure) {
        lastFailure =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        machine.connectFailed(generation, clock.nanoTime());
    }

    private synchronized void connected(long generation, StatefulRedisConnection<String, byte[]> opened) {
        if (isClosed || generation != machine.generation() || state != LinkState.CONNECTING) {
            var _ = opened.closeAsync();
            return;
        }
        connection = opened;
        opened.addListener(message -> pushed(message));
        opened.addListener(new Ending(() -> disconnected(generation)));
        arm(generation, opened);
        if (!opened.isOpen()) {
            disconnected(generation);
        }
    }

    void arm(long generation, StatefulRedisConnection<String, byte[]> opened) {
        AsyncCommand<String, byte[], String> tracking = Commands.tracking(settings.tracking(), settings.prefixes());
        long sentNanos = clock.nanoTime();
        tracking.onComplete((BiConsumer<? super String, Throwable>) (_, failure) -> {
            if (failure == null) {
                armed(generation, sentNanos);
            } else {
                var _ = opened.closeAsync();
                connectFailed(generation, failure);
            }
        });
        dispatch(opened, List.of(tracking));
    }

    final synchronized void armed(long generation, long sentNanos) {
        machine.armed(generation, sentNanos, clock.nanoTime());
        reconnects.incrementAndGet();
    }

    private synchronized void disconnected(long generation) {
        machine.disconnected(generation, clock.nanoTime());
    }

    final void pushed(PushMessage message) {
        PushedInvalidation.of(message).ifPresent(this::invalidate);
    }

    private synchronized void invalidate(PushedInvalidation pushed) {
        if (pushed.isEverything()) {
            invalidateAll();
        } else {
            for (String key : pushed.keys()) {
                drops.pushed(key);
                machine.invalidated(key);
            }
        }
    }

    void invalidateAll() {
        machine.invalidatedAll();
    }

    @Override
    public void heartbeat(long generation, long id) {
        StatefulRedisConnection<String, byte[]> current = connection;
        if (current != null) {
            ping(current, generation, id);
        }
    }

    final void ping(StatefulRedisConnection<String, byte[]> on, long generation, long id) {
        AsyncCommand<String, byte[], String> ping = Commands.ping();
        ping.onComplete((BiConsumer<? super String, Throwable>) (_, failure) -> {
            if (failure == null) {
                heartbeatAnswered(generation, id);
            }
        });
        dispatch(on, List.of(ping));
    }

    private synchronized void heartbeatAnswered(long generation, long id) {
        machine.heartbeatAnswered(generation, id, clock.nanoTime());
        proofWaiters.proved(proof.provedNanos());
    }

    @Override
    public void close(long generation) {
        StatefulRedisConnection<String, byte[]> current = connection;
        connection = null;
        if (current != null) {
            var _ = current.closeAsync();
        }
    }

    @Override
    public void drop(String key) {
        drops.drop(key);
    }

    @Override
    public void dropBefore(long epoch) {
        drops.dropAll();
    }

    @Override
    public void changed(LinkState next) {
        if (next != state) {
            LOG.info("link to {}: {}, generation {}", endpoint, next, machine.generation());
            record(next);
        }
        state = next;
        switch (next) {
            case LIVE -> notifyAll();
            case GAP -> proofWaiters.lost();
            case CONNECTING, SUSPECT -> {}
        }
    }

    private void record(LinkState next) {
        JfrEvents.LinkChange event = new JfrEvents.LinkChange();
        if (event.isEnabled()) {
            event.server = endpoint.toString();
            event.from = state.name();
            event.to = next.name();
            event.generation = machine.generation();
            event.commit();
        }
    }

    private boolean isArmed() {
        return state == LinkState.LIVE || state == LinkState.SUSPECT;
    }

    private static void dispatch(
            StatefulRedisConnection<String, byte[]> on, List<? extends AsyncCommand<String, byte[], ?>> commands) {
        try {
            on.dispatch(commands);
        } catch (RuntimeException e) {
            commands.forEach(command -> command.completeExceptionally(e));
        }
    }
}
