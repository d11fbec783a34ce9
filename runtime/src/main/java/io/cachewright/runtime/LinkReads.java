package io.cachewright.runtime;

import io.cachewright.runtime.coherence.Lease;
import io.cachewright.runtime.coherence.LinkCoherence;
import io.cachewright.runtime.coherence.LinkState;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The reads of one link: when they may be sent and what their answers prove. Its state and that of the machine are
/// guarded by the link's monitor, which is taken once for all reads that leave or arrive together.
final class LinkReads implements ReadWire.Reader {

    private final ServerLink link;
    private final LinkSettings settings;
    private final LinkCoherence<String> machine;
    private final ProofWaiters proofWaiters;
    private final LogFollower log;
    private final LinkClock clock;
    /// Of the connection of the machine's generation; null while there is none.
    private volatile @Nullable ReadWire wire;

    LinkReads(
            ServerLink link,
            LinkSettings settings,
            LinkCoherence<String> machine,
            ProofWaiters proofWaiters,
            LogFollower log) {
        this.link = link;
        this.settings = settings;
        this.machine = machine;
        this.proofWaiters = proofWaiters;
        this.log = log;
        this.clock = settings.clock();
    }

    /// What finds the wire of a connection of `generation`; to be sent over it first.
    ReadWire.Claim claim(long generation) {
        return new ReadWire.Claim(found -> {
            found.serve(
                    this,
                    settings.isCluster() ? ReadBatch.Form.ONE_BY_ONE : ReadBatch.Form.TOGETHER,
                    settings.tracking());
            synchronized (link) {
                if (generation == machine.generation()) {
                    wire = found;
                }
            }
        });
    }

    /// Sends `reads`, in one piece where there is one connection all the while.
    void submit(List<? extends RemoteRead> reads) {
        ReadWire current = wire;
        if (current == null) {
            reads.forEach(read -> read.fail(notSent()));
        } else {
            current.submit(reads);
        }
    }

    private Writes.NotSent notSent() {
        return new Writes.NotSent("no link to " + link.endpoint());
    }

    @Override
    public List<RemoteRead> issue(List<RemoteRead> reads, ReadWire over) {
        List<RemoteRead> issued = new ArrayList<>(reads.size());
        List<RemoteRead> refused = List.of();
        synchronized (link) {
            if (over == wire && isArmed()) {
                // Taken after each of the readers began, and before anything is sent.
                long now = clock.nanoTime();
                for (RemoteRead read : reads) {
                    if (!read.isGivenUp()) {
                        read.issuedUnder(
                                read.ask().isKept()
                                        ? machine.lease(read.key(), now)
                                        : machine.leaseToReadOnly(read.key(), now));
                        issued.add(read);
                    }
                }
            } else {
                refused = reads;
            }
        }
        refused.forEach(read -> read.fail(notSent()));
        return issued;
    }

    private boolean isArmed() {
        return machine.state() == LinkState.LIVE || machine.state() == LinkState.SUSPECT;
    }

    @Override
    public void arrived(ReadBatch batch) {
        List<RemoteRead> reads = batch.reads();
        try {
            settle(batch);
            wake(batch);
        } catch (RuntimeException e) {
            reads.forEach(read -> read.fail(e));
            throw e;
        }
    }

    /// Readers are woken when they find the monitor free. For a virtual thread it is much cheaper to wake others
    /// than it is for the event loop, which has the next answers to see to: so one of them wakes the rest.
    private static void wake(ReadBatch batch) {
        List<Thread> others = new ArrayList<>(batch.reads().size());
        int leader = -1;
        for (int i = 0; i < batch.reads().size(); i++) {
            RemoteRead read = batch.reads().get(i);
            if (!batch.isOpen(i)) {
                if (leader < 0 && read.mayLead()) {
                    leader = i;
                } else if (tell(batch, i)
                        && (others.isEmpty() || !others.getLast().equals(read.reader()))) {
                    // Once for all reads that one reader sent together.
                    others.add(read.reader());
                }
            }
        }
        if (leader >= 0) {
            RemoteRead first = batch.reads().get(leader);
            first.lead(others);
            if (tell(batch, leader)) {
                LockSupport.unpark(first.reader());
                return;
            }
        }
        others.forEach(LockSupport::unpark);
    }

    private static boolean tell(ReadBatch batch, int read) {
        RemoteRead told = batch.reads().get(read);
        Throwable failure = batch.failure(read);
        return failure == null ? told.answered(batch.value(read), batch.ttlMillis(read)) : told.failed(failure);
    }

    private void settle(ReadBatch batch) {
        for (int i = 0; i < batch.reads().size(); i++) {
            if (!batch.isOpen(i)) {
                batch.reads().get(i).settled();
            }
        }
        synchronized (link) {
            long now = clock.nanoTime();
            for (int i = 0; i < batch.reads().size(); i++) {
                if (!batch.isOpen(i)) {
                    settle(batch.reads().get(i), batch.failure(i), now);
                }
            }
            proofWaiters.proved(machine.proof().provedNanos());
        }
    }

    private void settle(RemoteRead read, @Nullable Throwable failure, long now) {
        if (failure == null) {
            machine.answered(read.lease(), now);
            if (read.ask().isKept()) {
                log.read(read.key());
            } else {
                machine.abandon(read.lease());
            }
        } else {
            abandon(read.lease(), failure);
        }
    }

    /// Nobody waits for `read` any more.
    void giveUp(RemoteRead read) {
        synchronized (link) {
            if (read.leaseIfIssued() == null) {
                read.giveUp();
            } else {
                machine.abandon(read.lease());
            }
        }
    }

    /// Takes a lease for `read` and sends it; false when the link is not armed.
    boolean send(FieldsRead read) {
        StatefulRedisConnection<String, byte[]> current;
        synchronized (link) {
            current = link.armedConnection();
            if (current == null) {
                return false;
            }
            read.issuedUnder(machine.lease(read.key(), clock.nanoTime()));
        }
        LinkRequests.readFields(
                current, read, settings.tracking(), (arrival, failure) -> arrived(read, arrival, failure));
        return true;
    }

    private void arrived(FieldsRead read, FieldsRead.@Nullable Arrival arrival, @Nullable Throwable failure) {
        synchronized (link) {
            if (arrival == null) {
                abandon(read.lease(), failure);
            } else {
                machine.answered(read.lease(), clock.nanoTime());
                proofWaiters.proved(machine.proof().provedNanos());
            }
        }
        read.arrived(arrival, failure);
    }

    private void abandon(Lease<String> lease, @Nullable Throwable failure) {
        machine.abandon(lease);
        if (Redirect.of(failure).isPresent()) {
            // Whoever follows it sees something newer than what may still be here.
            machine.invalidated(lease.key());
        }
    }

    /// The link is closed for good.
    void close() {
        wire = null;
    }
}
