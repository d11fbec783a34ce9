package io.cachewright.runtime;

import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandType;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Gathers the reads of all threads for one connection: those that come while it is busy leave together, with one
/// call of the system, and are handled together when they come back. A read that comes alone leaves at once.
///
/* It is the last handler of the connection's pipeline, so it can put whole batches into the driver where that would
 * put commands one by one. Threads leave their reads on a stack and go to sleep; whoever finds it empty calls the event
 * loop, which takes all that is there. Where others read too it lets those go first who were woken with it, and of a
 * crowd whoever makes the half full calls. The order among reads that wait does not matter, none has been sent; only for
 * fairness are they turned round.
 */
final class ReadWire extends ChannelDuplexHandler {

    /// Reads in one batch: others, and the heartbeats among them, shall not wait for more.
    private static final int BATCH_MAX = 256;

    /// Of so many that read at once, half leave as soon as they are there: the server works on them while the others
    /// are still being made.
    private static final int CROWD_MIN = 16;

    /// Whose reads they are. All calls come on the event loop of the connection.
    interface Reader {
        /// Those of `reads` that may be sent over this very connection now, which then have their leases; the others
        /// have heard that they are not.
        List<RemoteRead> issue(List<RemoteRead> reads, ReadWire over);

        /// The answers of `batch` are there, or will never be; without those that are still open.
        void arrived(ReadBatch batch);
    }

    /// Sent over a connection before anything else, it brings back the wire of the connection. Where there is none
    /// it is nothing.
    static final class Claim extends Command<String, byte[], String> {
        private final Consumer<ReadWire> found;

        Claim(Consumer<ReadWire> found) {
            super(CommandType.ECHO, new StatusOutput<>(Commands.CODEC));
            this.found = found;
        }

        @Override
        public boolean isDone() {
            return true;
        }
    }

    private final AtomicReference<@Nullable RemoteRead> waiting = new AtomicReference<>();
    private final ArrayDeque<ReadBatch> underWay = new ArrayDeque<>();
    /// Reads that were on their way, or about to leave, when the last batch left.
    private volatile int lately;
    private int onTheirWay;

    private @Nullable ChannelHandlerContext context;
    private @Nullable Reader reader;
    private ReadBatch.Form form = ReadBatch.Form.ONE_BY_ONE;
    private Tracking tracking = Tracking.BROADCAST;

    /// Before the first read, on the event loop.
    void serve(Reader wanted, ReadBatch.Form usual, Tracking mode) {
        reader = wanted;
        form = usual;
        tracking = mode;
    }

    /// Sends `reads` as soon as the connection can, or tells them why not.
    void submit(List<? extends RemoteRead> reads) {
        RemoteRead last = reads.getLast();
        RemoteRead first = reads.getFirst();
        for (int i = 1; i < reads.size(); i++) {
            reads.get(i).before = reads.get(i - 1);
        }
        RemoteRead top;
        int before;
        do {
            top = waiting.get();
            before = top == null ? 0 : top.depth;
            first.before = top;
            last.depth = before + reads.size();
        } while (!waiting.compareAndSet(top, last));
        int crowd = lately;
        int half = crowd < CROWD_MIN ? Integer.MAX_VALUE : crowd / 2;
        if (before < half && last.depth >= half) {
            callSend();
        } else if (top == null && !(crowd > 1 && isSentAfterOthers(last))) {
            callSend();
        }
    }

    /// Lets those go first who were woken together with this reader and will read again, so that all leave together:
    /// whether `read` has left with them. Only where threads take turns at the cost of a push onto a queue.
    // Nothing but speed depends on who goes first.
    @SuppressWarnings("ThreadPriorityCheck")
    private static boolean isSentAfterOthers(RemoteRead read) {
        if (!Thread.currentThread().isVirtual()) {
            return false;
        }
        Thread.yield();
        return read.leaseIfIssued() != null;
    }

    private void callSend() {
        try {
            context().executor().execute(this::send);
        } catch (RejectedExecutionException e) {
            takeWaiting().forEach(read -> read.fail(e));
        }
    }

    private ChannelHandlerContext context() {
        ChannelHandlerContext current = context;
        if (current == null) {
            throw new IllegalStateException("the connection is not there yet");
        }
        return current;
    }

    private List<RemoteRead> takeWaiting() {
        List<RemoteRead> taken = new ArrayList<>();
        RemoteRead read = waiting.getAndSet(null);
        while (read != null) {
            taken.add(read);
            RemoteRead before = read.before;
            read.before = null;
            read = before;
        }
        Collections.reverse(taken);
        return taken;
    }

    private void send() {
        List<RemoteRead> taken = takeWaiting();
        if (taken.isEmpty()) {
            // They have left with others.
            return;
        }
        try {
            Reader owner = reader;
            if (owner == null || !context().channel().isActive()) {
                throw new Writes.NotSent("the connection has ended");
            }
            lately = taken.size() + onTheirWay;
            List<RemoteRead> issued = owner.issue(taken, this);
            for (int from = 0; from < issued.size(); from += BATCH_MAX) {
                write(issued.subList(from, Math.min(from + BATCH_MAX, issued.size())));
            }
            context().flush();
        } catch (RuntimeException e) {
            // Whatever it is, somebody waits for each of them.
            taken.forEach(read -> read.fail(e));
        }
    }

    private void write(List<RemoteRead> reads) {
        boolean isTogether = form == ReadBatch.Form.TOGETHER && reads.size() > 1;
        write(reads, isTogether ? ReadBatch.Form.TOGETHER : ReadBatch.Form.ONE_BY_ONE);
    }

    private void write(List<RemoteRead> reads, ReadBatch.Form asked) {
        ReadBatch batch = new ReadBatch(reads, asked, this::over);
        underWay.add(batch);
        onTheirWay += reads.size();
        // No void promise: the driver would take the batch for sent before what was written ahead of it.
        var _ = context().write(batch.commands(tracking)).addListener(written -> {
            if (!written.isSuccess()) {
                batch.fail(written.cause());
            }
        });
    }

    private void over(ReadBatch batch) {
        underWay.remove(batch);
        onTheirWay -= batch.reads().size();
        if (batch.isForbidden()) {
            form = ReadBatch.Form.ONE_BY_ONE;
        }
        if (reader != null) {
            reader.arrived(batch);
        }
        List<RemoteRead> open = new ArrayList<>();
        for (int read = 0; read < batch.reads().size(); read++) {
            if (batch.isOpen(read)) {
                open.add(batch.reads().get(read));
            }
        }
        if (!open.isEmpty()) {
            write(open, ReadBatch.Form.ONE_BY_ONE);
            context().flush();
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    public void write(ChannelHandlerContext through, Object message, ChannelPromise promise) {
        if (message instanceof Claim claim) {
            claim.found.accept(this);
            promise.setSuccess();
        } else {
            var _ = through.write(message, promise);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext through) {
        Throwable cause = new ClosedChannelException();
        while (!underWay.isEmpty()) {
            underWay.peek().fail(cause);
        }
        through.fireChannelInactive();
    }
}
