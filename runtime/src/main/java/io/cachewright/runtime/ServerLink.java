package io.cachewright.runtime;

import io.cachewright.domain.policy.Durability;
import io.cachewright.runtime.coherence.Lease;
import io.cachewright.runtime.coherence.LinkActions;
import io.cachewright.runtime.coherence.LinkCoherence;
import io.cachewright.runtime.coherence.LinkState;
import io.cachewright.runtime.coherence.LogPositions;
import io.cachewright.runtime.coherence.Proof;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.push.PushMessage;
import io.lettuce.core.protocol.AsyncCommand;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
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

        void dropIf(Predicate<String> key);

        /// Takes over to the epoch `now` what came over the link of `proof` in the epoch `before` and is untouched.
        void carry(Proof proof, long before, long now, CatchUp caughtUp);

        /// Only `fields` of `key` changed, as far as the server was told.
        default void dropFields(String key, Set<String> fields) {
            drop(key);
        }

        /// What is kept of `key` may have changed too, unnamed: it is proved up to `provedNanos` and no further.
        default void doubt(String key, long provedNanos) {}

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
    private final LogFollower log;
    private final LinkReads reads;
    private final DurableWrites durable;
    private final LinkCalls calls;
    private final AtomicLong reconnects = new AtomicLong();

    private @Nullable StatefulRedisConnection<String, byte[]> connection;
    private volatile LinkState state = LinkState.GAP;
    private volatile @Nullable Throwable lastFailure;
    private volatile @Nullable String probe;
    /// Nothing of the old epoch is freed before it was seen what of it goes over to the new one.
    private boolean isArming;

    private boolean isClosed;

    ServerLink(RedisClient client, Endpoint endpoint, LinkSettings settings, Drops drops) {
        this.client = client;
        this.endpoint = endpoint;
        this.settings = settings;
        this.drops = drops;
        this.clock = settings.clock();
        this.machine = new LinkCoherence<>(settings.bounds(), this, new SplittableRandom(), clock.nanoTime());
        this.proof = machine.proof();
        this.log = new LogFollower(new LogKeys(settings.isCluster()), settings.isLogged(), machine::arrivals, this);
        this.reads = new LinkReads(this, settings, machine, proofWaiters, log);
        // The rest of the time is for the way there and back.
        this.durable = new DurableWrites(
                client, endpoint, Math.max(settings.readTimeout().toMillis() * 3 / 4, 1));
        this.calls = new LinkCalls(this, durable);
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

    /// Heartbeats ask from now on whether the server owns `key`.
    final void probe(String key) {
        probe = key;
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

    /// Sends `reads`; those of them that cannot be sent hear so.
    final void submit(List<? extends RemoteRead> wanted) {
        reads.submit(wanted);
    }

    /// Ends the lease of `read`; runs `store` in the same step when its answer may be kept.
    final void store(RemoteRead read, Runnable store) {
        store(read.lease(), store);
    }

    /// The same for the lease of any read.
    final synchronized void store(Lease<String> lease, Runnable store) {
        if (mayStore(lease)) {
            store.run();
        }
    }

    /// Ends the lease of `read`, which asked about a value that is stored; runs `refine` in the same step when the key
    /// has not changed since.
    final synchronized void refine(RemoteRead read, Runnable refine) {
        if (machine.mayRefine(read.lease())) {
            refine.run();
        }
    }

    /// Where the answer of `read` comes from, for an entry that is stored in this step.
    Entry.Origin origin(RemoteRead read, boolean isAbsence) {
        return origin(read.lease(), isAbsence);
    }

    /// The same for the answer to any read.
    final Entry.Origin origin(Lease<String> lease, boolean isAbsence) {
        boolean isProvable = !(isAbsence && settings.isCluster());
        return new Entry.Origin(proof, storeEpoch(), lease.issuedNanos(), lease.arrival(), isProvable);
    }

    /// Takes a lease for `read` and sends it; false when the link is not armed.
    final boolean send(FieldsRead read) {
        return reads.send(read);
    }

    /// Nobody waits for the read of `lease` any more.
    final synchronized void abandon(Lease<String> lease) {
        machine.abandon(lease);
    }

    /// The epoch that what is stored now belongs to.
    long storeEpoch() {
        return proof.epoch();
    }

    boolean mayStore(Lease<String> lease) {
        return machine.mayStore(lease);
    }

    /// The server answers for these keys no more: what is on its way will not be kept, what is kept goes.
    final synchronized void lost(Predicate<String> keys) {
        machine.voidFills();
        drops.dropIf(keys);
    }

    /// Nobody waits for `read` any more.
    final void giveUp(RemoteRead read) {
        reads.giveUp(read);
    }

    /// Sends a command that changes nothing that is kept near.
    final <T> CompletableFuture<T> call(AsyncCommand<String, byte[], T> command) {
        return call(command, false);
    }

    /// The same, where `isAsking` to a server to which the slot is on its way.
    final <T> CompletableFuture<T> call(AsyncCommand<String, byte[], T> command, boolean isAsking) {
        return calls.call(command, isAsking);
    }

    /// Sends a write of `keys`. What is stored of them is dropped before and after, so that the writer
    /// reads its own write.
    final <T> CompletableFuture<T> write(
            List<String> keys, AsyncCommand<String, byte[], T> command, Durability durability, boolean isAsking) {
        return calls.write(keys, command, durability, isAsking);
    }

    /// What may be sent over now; null where nothing may.
    final synchronized @Nullable StatefulRedisConnection<String, byte[]> armedConnection() {
        return isArmed() ? connection : null;
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

    /// How far the log of the writes of `key` has been followed.
    final synchronized Optional<LogPositions.Position> followedTo(String key) {
        return log.followedTo(key);
    }

    /// Answers that have come over the link so far.
    final synchronized long arrivals() {
        return machine.arrivals();
    }

    @Override
    public String toString() {
        return "link to " + endpoint + ", " + state + ", last failure " + lastFailure;
    }

    // Time and ends

    final synchronized void tick() {
        if (!isClosed) {
            machine.tick(clock.nanoTime());
        }
    }

    /// Another server answers from now on: this connection is given up, whatever it says.
    synchronized void relocate() {
        if (isArmed()) {
            giveUp(machine.generation());
        }
    }

    private synchronized void giveUp(long generation) {
        if (generation == machine.generation()) {
            close(generation);
            disconnected(generation);
            durable.relocate();
        }
    }

    final synchronized void close() {
        isClosed = true;
        state = LinkState.GAP;
        // Nothing will vouch for what came over it.
        machine.invalidatedAll();
        durable.close();
        reads.close();
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
        var _ = opened.dispatch(reads.claim(generation));
        arm(generation, opened);
        if (!opened.isOpen()) {
            disconnected(generation);
        }
    }

    void arm(long generation, StatefulRedisConnection<String, byte[]> opened) {
        long sentNanos = clock.nanoTime();
        CatchUp catchUp = log.catchUp();
        LinkRequests.arm(opened, settings, catchUp, refusal -> {
            if (refusal.isEmpty()) {
                armed(generation, sentNanos, catchUp);
            } else {
                var _ = opened.closeAsync();
                connectFailed(generation, refusal.get());
            }
        });
    }

    private synchronized void armed(long generation, long sentNanos, CatchUp catchUp) {
        long before = proof.epoch();
        isArming = true;
        machine.armed(generation, sentNanos, clock.nanoTime());
        isArming = false;
        long now = proof.epoch();
        if (now != before) {
            catchUp.finish();
            if (catchUp.logsProved() > 0) {
                drops.carry(proof, before, now, catchUp);
            }
            log.restart();
            drops.dropAll();
            reconnects.incrementAndGet();
        }
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
            pushed.keys().forEach(drops::pushed);
            invalidate(pushed.keys());
            pushed.keys().forEach(log::invalidated);
        }
    }

    /// These keys changed, in one turn of the server.
    final synchronized void invalidate(List<String> keys) {
        ChangedFields named = ChangedFields.in(keys);
        for (String key : keys) {
            Set<String> fields = named.of(key);
            if (fields.isEmpty()) {
                machine.invalidated(key);
            } else {
                machine.voidFills(key);
                drops.dropFields(key, fields);
                drops.doubt(key, proof.provedNanos());
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
        LinkRequests.beat(on, probe, log.beforeHeartbeat(generation, id), beat -> {
            switch (beat) {
                case PROVES -> heartbeatAnswered(generation, id);
                case PROVES_NOTHING -> {}
                case WRONG_SERVER -> giveUp(generation);
            }
        });
    }

    private synchronized void heartbeatAnswered(long generation, long id) {
        machine.heartbeatAnswered(generation, id, clock.nanoTime());
        log.heartbeatAnswered(generation, id);
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
        if (!isArming) {
            drops.dropAll();
        }
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
            case GAP -> {
                log.lost();
                proofWaiters.lost();
            }
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
}
