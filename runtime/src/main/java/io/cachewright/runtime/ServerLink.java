package io.cachewright.runtime;

import io.cachewright.domain.policy.Durability;
import io.cachewright.runtime.coherence.LinkActions;
import io.cachewright.runtime.coherence.LinkCoherence;
import io.cachewright.runtime.coherence.LinkState;
import io.cachewright.runtime.coherence.LogPositions;
import io.cachewright.runtime.coherence.Proof;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.protocol.AsyncCommand;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// One link to a server, for all who read and write over it, and the driver of its coherence.
///
/* The machine says when the link may be trusted, and hears here what its connection tells. The machine and what must
 * happen in one step with it are guarded by this object's monitor, which is held for bookkeeping only: the parts of the
 * link take it too.
 */
class ServerLink implements LinkActions<String> {

    private static final Logger LOG = LoggerFactory.getLogger(ServerLink.class);

    private final Endpoint endpoint;
    private final LinkCoherence<String> machine;
    private final Proof proof;
    private final ProofWaiters proofWaiters = new ProofWaiters();
    private final LinkClock clock;
    private final LogFollower log;
    private final LinkInvalidations invalidations;
    private final LinkAnswers answers;
    private final LinkReads reads;
    private final DurableWrites durable;
    private final LinkCalls calls;
    private final LinkConnection connection;
    private final AtomicLong reconnects = new AtomicLong();

    private volatile LinkState state = LinkState.GAP;
    private volatile @Nullable Throwable lastFailure;
    private boolean isClosed;

    ServerLink(RedisClient client, Endpoint endpoint, LinkSettings settings, Drops drops) {
        this(client, endpoint, settings, drops, LinkAnswers::new);
    }

    ServerLink(
            RedisClient client, Endpoint endpoint, LinkSettings settings, Drops drops, LinkAnswers.Factory answersOf) {
        this.endpoint = endpoint;
        this.clock = settings.clock();
        this.machine = new LinkCoherence<>(settings.bounds(), this, new SplittableRandom(), clock.nanoTime());
        this.proof = machine.proof();
        this.log = new LogFollower(new LogKeys(settings.isCluster()), settings.isLogged(), machine::arrivals, this);
        this.invalidations = new LinkInvalidations(machine, log, drops);
        this.answers = answersOf.of(this, settings, machine);
        this.reads = new LinkReads(this, settings, machine, proofWaiters, log);
        // The rest of the time is for the way there and back.
        this.durable = new DurableWrites(
                client, endpoint, Math.max(settings.readTimeout().toMillis() * 3 / 4, 1));
        this.calls = new LinkCalls(this, durable);
        this.connection = new LinkConnection(this, client, endpoint, settings, reads, log);
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
        connection.probe(key);
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

    /// Takes a lease for `read` and sends it; false when the link is not armed.
    final boolean send(FieldsRead read) {
        return reads.send(read);
    }

    /// Nobody waits for `read` any more.
    final void giveUp(RemoteRead read) {
        reads.giveUp(read);
    }

    /// What may be kept of what comes back.
    final LinkAnswers answers() {
        return answers;
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

    /// These keys changed, in one turn of the server.
    final synchronized void invalidate(List<String> keys) {
        invalidations.changed(keys);
    }

    /// The server answers for these keys no more: what is on its way will not be kept, what is kept goes.
    final synchronized void lost(Predicate<String> keys) {
        invalidations.lost(keys);
    }

    /// What may be sent over now; null where nothing may.
    final synchronized @Nullable StatefulRedisConnection<String, byte[]> armedConnection() {
        return isArmed() ? connection.current() : null;
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

    final LinkConnection connection() {
        return connection;
    }

    /// Answers that have come over the link so far.
    final synchronized long arrivals() {
        return machine.arrivals();
    }

    @Override
    public String toString() {
        Throwable failure = lastFailure;
        return "link to " + endpoint + ", " + state + (failure == null ? "" : ", " + Failures.reason(failure));
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
        } else {
            // Its next connection is asked for anew; that of waiting writes may still be to the old one.
            durable.relocate();
        }
    }

    /// Ends the link and its connections, while others of the client go on.
    final synchronized void close() {
        end();
        durable.relocate();
        connection.close();
    }

    /// Ends the link. Its connections end with the driver, which closes all that it knows, and complains of one that
    /// was told so before.
    final synchronized void end() {
        isClosed = true;
        state = LinkState.GAP;
        // Nothing will vouch for what came over it.
        machine.invalidatedAll();
        durable.end();
        reads.close();
        proofWaiters.lost();
        notifyAll();
    }

    // What the connection tells

    /// Whether a connection of `generation` is still wanted.
    final synchronized boolean isAwaiting(long generation) {
        return !isClosed && generation == machine.generation() && state == LinkState.CONNECTING;
    }

    final synchronized void connectFailed(long generation, Throwable failure) {
        lastFailure =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        machine.connectFailed(generation, clock.nanoTime());
    }

    final synchronized void armed(long generation, long sentNanos, CatchUp catchUp) {
        if (invalidations.armed(generation, sentNanos, clock.nanoTime(), catchUp)) {
            reconnects.incrementAndGet();
        }
        if (isArmed()) {
            // It would be taken for the reason when the link is in doubt the next time.
            lastFailure = null;
        }
    }

    final synchronized void disconnected(long generation) {
        machine.disconnected(generation, clock.nanoTime());
    }

    /// What `generation` leads to is not the server that it should be.
    final synchronized void giveUp(long generation) {
        if (generation == machine.generation()) {
            close(generation);
            disconnected(generation);
            durable.relocate();
        }
    }

    synchronized void pushed(PushedInvalidation pushed) {
        invalidations.pushed(pushed);
    }

    final synchronized void heartbeatAnswered(long generation, long id) {
        machine.heartbeatAnswered(generation, id, clock.nanoTime());
        log.heartbeatAnswered(generation, id);
        proofWaiters.proved(proof.provedNanos());
    }

    // What the machine asks for; the monitor is held

    @Override
    public final void connect(long generation) {
        connection.open(generation);
    }

    @Override
    public void heartbeat(long generation, long id) {
        connection.beat(generation, id);
    }

    @Override
    public final void close(long generation) {
        connection.close();
    }

    @Override
    public final void drop(String key) {
        invalidations.drop(key);
    }

    @Override
    public final void dropBefore(long epoch) {
        invalidations.dropOldEpochs();
    }

    @Override
    public final void changed(LinkState next) {
        if (next != state) {
            // Attempts to connect, dozens a second at first, are for those who look for them.
            boolean isAttempt =
                    next == LinkState.CONNECTING || (state == LinkState.CONNECTING && next == LinkState.GAP);
            LOG.atLevel(isAttempt ? Level.DEBUG : Level.INFO)
                    .log("link to {}: {}, generation {}", endpoint, next, machine.generation());
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
