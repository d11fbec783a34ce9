package io.cachewright.runtime.coherence;

import java.util.random.RandomGenerator;

/// The coherence of one link to one server: when it may be trusted, and which fills may be kept.
///
/* A link carries reads, their answers, invalidations and heartbeats on one ordered connection. The server queues the
 * invalidation of a write before it acknowledges that write to its writer [1]. So when the answer to a request that
 * was sent at time T comes back in order, every write acknowledged before T has been invalidated here: T is proved.
 * Nothing else proves anything: not a socket that looks open, not a heartbeat on another connection, not the time at
 * which an answer came.
 *
 * While a link is lost invalidations are missed, so whatever was stored before is unproved from then on. The proof
 * stops where it was (ages grow by themselves), and a new epoch starts when the next connection is armed.
 *
 * [1] valkey: src/server.c, beforeSleep: trackingBroadcastInvalidationMessages comes before
 *     handleClientsWithPendingWrites; src/tracking.c for the non-broadcast mode.
 */
public final class LinkCoherence<K> {

    /// Heartbeats on their way at once; a link that answers none of them gets no more.
    private static final int HEARTBEATS_MAX = 16;
    /// Enough to reach any bound, and few enough not to overflow.
    private static final int DOUBLINGS_MAX = 20;

    private final LinkBounds bounds;
    private final LinkActions<K> actions;
    private final RandomGenerator jitter;
    private final Proof proof;
    private final Leases<K> leases;

    private final long[] heartbeatSentNanos = new long[HEARTBEATS_MAX];
    private long heartbeatsSent;
    private long heartbeatsAnswered;
    private boolean proofWanted;

    private LinkState state = LinkState.GAP;
    private long generation;
    private long stateSinceNanos;
    private long retryNanos;
    private int attempts;
    /// Of these, the ones before the outage was no brief one any more.
    private int briefAttempts;
    private long outageSinceNanos;

    public LinkCoherence(LinkBounds bounds, LinkActions<K> actions, RandomGenerator jitter, long nowNanos) {
        this.bounds = bounds;
        this.actions = actions;
        this.jitter = jitter;
        this.proof = new Proof(nowNanos);
        this.leases = new Leases<>(bounds.leasesMax());
        this.stateSinceNanos = nowNanos;
        this.retryNanos = nowNanos;
        this.outageSinceNanos = nowNanos;
    }

    /// Time passes: connects, beats, suspects and gives up as the bounds say. Call it at least once per heartbeat.
    public void tick(long nowNanos) {
        switch (state) {
            case GAP -> {
                if (nowNanos - retryNanos >= 0) {
                    connect(nowNanos);
                }
            }
            case CONNECTING -> {
                if (nowNanos - stateSinceNanos > bounds.connectNanos()) {
                    abandonLink(nowNanos);
                }
            }
            case LIVE, SUSPECT -> watch(nowNanos);
        }
    }

    /// Tracking is on: the server accepted it, and the request for it was sent at `sentNanos`.
    public void armed(long ofGeneration, long sentNanos, long nowNanos) {
        if (ofGeneration != generation || state != LinkState.CONNECTING) {
            return;
        }
        leases.voidAll();
        actions.dropBefore(proof.nextEpoch());
        proof.advance(sentNanos);
        heartbeatsSent = 0;
        heartbeatsAnswered = 0;
        attempts = 0;
        briefAttempts = 0;
        enter(LinkState.LIVE, nowNanos);
        beat(nowNanos);
    }

    /// The connection could not be opened, or tracking was refused.
    public void connectFailed(long ofGeneration, long nowNanos) {
        if (ofGeneration == generation && state == LinkState.CONNECTING) {
            lose(nowNanos);
        }
    }

    /// The connection ended.
    public void disconnected(long ofGeneration, long nowNanos) {
        if (ofGeneration == generation && state != LinkState.GAP) {
            lose(nowNanos);
        }
    }

    /// The heartbeat `id` was answered, without an error, in order.
    public void heartbeatAnswered(long ofGeneration, long id, long nowNanos) {
        if (ofGeneration != generation || !isArmed() || id < heartbeatsAnswered || id >= heartbeatsSent) {
            return;
        }
        heartbeatsAnswered = id + 1;
        prove(heartbeatSentNanos[(int) (id % HEARTBEATS_MAX)], nowNanos);
        if (proofWanted) {
            beat(nowNanos);
        }
    }

    /// A reader waits for a proof of this very moment. Answered by the first heartbeat sent from now on.
    public void wantProof(long nowNanos) {
        if (isArmed()) {
            beat(nowNanos);
        }
    }

    /// The server says that `key` changed. Harmless when repeated.
    public void invalidated(K key) {
        leases.voidKey(key);
        actions.drop(key);
    }

    /// The server says that `key` changed in part: what is under way of it will not be kept.
    public void voidFills(K key) {
        leases.voidKey(key);
    }

    /// The server says that everything changed: a null list of keys, as `FLUSHALL` and `FLUSHDB` send it.
    public void invalidatedAll() {
        leases.voidAll();
        actions.dropBefore(proof.nextEpoch());
    }

    /// What is under way will not be kept: the keys have another server now.
    public void voidFills() {
        leases.voidAll();
    }

    /// Taken before a read of `key` is sent, on the connection of the lease's generation.
    public Lease<K> lease(K key, long nowNanos) {
        return leases.take(key, nowNanos, generation, isArmed());
    }

    /// The same for a read whose answer is not to be kept whatever happens.
    public Lease<K> leaseToReadOnly(K key, long nowNanos) {
        return leases.take(key, nowNanos, generation, false);
    }

    /// The answer to the read of `lease` came back in order, without an error.
    public void answered(Lease<K> lease, long nowNanos) {
        if (lease.generation() == generation && isArmed()) {
            leases.arrived(lease);
            prove(lease.issuedNanos(), nowNanos);
        }
    }

    /// Ends `lease`; true when the answer may be stored under the current epoch, in the same step. Where it may not
    /// because no lease was free or the link was lost, what is stored goes too: its reader has seen something newer
    /// whose invalidation may never come, and the next one must not go back.
    public boolean mayStore(Lease<K> lease) {
        boolean isCurrent = lease.generation() == generation && isArmed();
        if (leases.end(lease, isCurrent)) {
            return true;
        }
        if (lease.group == null || !isCurrent) {
            invalidated(lease.key());
        }
        return false;
    }

    /// Ends `lease`, whose answer says something of a value that is stored already: whether it still may be heard. A
    /// value that arrived before it and is not stored yet takes the place of that one all the same.
    public boolean mayRefine(Lease<K> lease) {
        boolean isCurrent = lease.generation() == generation && isArmed();
        return leases.endUnstored(lease) && isCurrent;
    }

    /// Ends `lease` without an answer worth storing.
    public void abandon(Lease<K> lease) {
        leases.end(lease, false);
    }

    public Proof proof() {
        return proof;
    }

    public LinkState state() {
        return state;
    }

    public long generation() {
        return generation;
    }

    /// Answers that have come over the link so far.
    public long arrivals() {
        return leases.arrivals();
    }

    /// Fills under way.
    public int leasesOpen() {
        return leases.open();
    }

    private boolean isArmed() {
        return state == LinkState.LIVE || state == LinkState.SUSPECT;
    }

    private void watch(long nowNanos) {
        long newestBeat = heartbeatSentNanos[(int) ((heartbeatsSent - 1) % HEARTBEATS_MAX)];
        if (nowNanos - newestBeat >= bounds.heartbeatNanos()) {
            beat(nowNanos);
        }
        boolean isProved = nowNanos - proof.provedNanos() <= bounds.suspectAfterNanos();
        if (state == LinkState.LIVE && !isProved) {
            enter(LinkState.SUSPECT, nowNanos);
        } else if (state == LinkState.SUSPECT && nowNanos - stateSinceNanos > bounds.patienceNanos()) {
            // Counted from when the doubt arose here, not from the last proof: after a pause of this process the
            // answers may be waiting in the socket.
            abandonLink(nowNanos);
        }
    }

    private void beat(long nowNanos) {
        if (heartbeatsSent - heartbeatsAnswered == HEARTBEATS_MAX) {
            proofWanted = true;
            return;
        }
        proofWanted = false;
        long id = heartbeatsSent++;
        heartbeatSentNanos[(int) (id % HEARTBEATS_MAX)] = nowNanos;
        actions.heartbeat(generation, id);
    }

    private void prove(long sentNanos, long nowNanos) {
        if (proof.advance(sentNanos) && state == LinkState.SUSPECT) {
            enter(LinkState.LIVE, nowNanos);
        }
    }

    private void connect(long nowNanos) {
        generation++;
        enter(LinkState.CONNECTING, nowNanos);
        actions.connect(generation);
    }

    private void abandonLink(long nowNanos) {
        long dead = generation;
        lose(nowNanos);
        actions.close(dead);
    }

    private void lose(long nowNanos) {
        leases.voidAll();
        if (isArmed()) {
            outageSinceNanos = nowNanos;
        }
        long backoff = backoffNanos(nowNanos);
        retryNanos = nowNanos + backoff / 2 + jitter.nextLong(backoff / 2 + 1);
        attempts++;
        proofWanted = false;
        enter(LinkState.GAP, nowNanos);
    }

    private long backoffNanos(long nowNanos) {
        if (nowNanos - outageSinceNanos <= bounds.briefNanos()) {
            briefAttempts = attempts;
            return Math.min(bounds.retryNanosMax(), bounds.retryNanosMin() << Math.min(attempts, DOUBLINGS_MAX));
        }
        int doublings = Math.min(attempts - briefAttempts, DOUBLINGS_MAX);
        return Math.min(bounds.retryNanosLongMax(), bounds.retryNanosMax() << doublings);
    }

    private void enter(LinkState next, long nowNanos) {
        state = next;
        stateSinceNanos = nowNanos;
        actions.changed(next);
    }
}
