package io.cachewright.runtime;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.ProtocolKeyword;
import io.lettuce.core.protocol.RedisCommand;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads that leave in one piece and are handled in one step when the last of their answers is there. Used on the
/// event loop of their connection only.
///
/* What the driver makes of a command (arguments, a future, an entry among its time-outs, a task of the event loop)
 * costs more than the server's work for it. So a batch speaks the protocol itself: its parts are the least that the
 * driver needs to match answers to commands, one object each.
 */
final class ReadBatch {

    /// How reads are asked.
    enum Form {
        /// All values by one `MGET`, where all keys are on one server.
        TOGETHER,
        /// Each value by a `GET` of its own, which says of each key what is wrong with it.
        ONE_BY_ONE
    }

    /// What `PTTL` says of a key that does not exist.
    private static final long NO_KEY = -2;

    private static final byte[] GET = ascii("*2\r\n$3\r\nGET\r\n");
    private static final byte[] MGET = ascii("\r\n$4\r\nMGET\r\n");
    private static final byte[] PTTL = ascii("*2\r\n$4\r\nPTTL\r\n");
    private static final byte[] CACHING = ascii("*3\r\n$6\r\nCLIENT\r\n$7\r\nCACHING\r\n$3\r\nYES\r\n");
    private static final byte[] ASKING = ascii("*1\r\n$6\r\nASKING\r\n");

    private final List<RemoteRead> reads;
    private final Form form;
    private final Consumer<ReadBatch> whenOver;
    private final byte[] @Nullable [] values;
    private final long[] ttlMillis;
    private final @Nullable Throwable[] failures;
    private boolean isOver;

    /// `whenOver` hears once that all answers are there, or that there will be none.
    ReadBatch(List<RemoteRead> reads, Form form, Consumer<ReadBatch> whenOver) {
        this.reads = reads;
        this.form = form;
        this.whenOver = whenOver;
        this.values = new byte[reads.size()][];
        this.ttlMillis = new long[reads.size()];
        this.failures = new Throwable[reads.size()];
        Arrays.fill(ttlMillis, RemoteRead.NO_TTL);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    List<RemoteRead> reads() {
        return reads;
    }

    byte @Nullable [] value(int read) {
        return values[read];
    }

    long ttlMillis(int read) {
        return ttlMillis[read];
    }

    @Nullable
    Throwable failure(int read) {
        return failures[read];
    }

    /// Whether the read must be asked alone before anything can be said: `MGET` refuses all keys for one that the
    /// user may not read, and takes a key that holds no string for absent.
    boolean isOpen(int read) {
        return form == Form.TOGETHER
                && (failures[read] instanceof RedisCommandExecutionException
                        || (failures[read] == null && values[read] == null && ttlMillis[read] != NO_KEY));
    }

    /// Whether the user may not use `MGET`, or not for all of the keys.
    boolean isForbidden() {
        return form == Form.TOGETHER
                && failures[0] instanceof RedisCommandExecutionException refusal
                && String.valueOf(refusal.getMessage()).startsWith("NOPERM");
    }

    /// There will be no answers, or no more of them.
    void fail(Throwable cause) {
        if (!isOver) {
            for (int read = 0; read < failures.length; read++) {
                failures[read] = cause;
            }
            over();
        }
    }

    private void over() {
        isOver = true;
        whenOver.accept(this);
    }

    /// What to write, in this order and with nothing in between.
    List<RedisCommand<String, byte[], Object>> commands(Tracking tracking) {
        List<Part> parts = new ArrayList<>(4 * reads.size());
        if (form == Form.TOGETHER) {
            addIfAny(tracking == Tracking.OPT_IN && isAnyKept() ? CACHING : null, parts);
            parts.add(new Values());
        }
        for (int read = 0; read < reads.size(); read++) {
            RemoteRead.Ask ask = reads.get(read).ask();
            byte @Nullable [] leave = ask.isAsking() ? ASKING : null;
            if (form == Form.ONE_BY_ONE) {
                addIfAny(tracking == Tracking.OPT_IN && ask.isKept() ? CACHING : leave, parts);
                parts.add(new Value(read));
            }
            if (ask.wantsTtl()) {
                addIfAny(leave, parts);
                parts.add(new TimeToLive(read));
            }
        }
        parts.getLast().isLast = true;
        return List.copyOf(parts);
    }

    private boolean isAnyKept() {
        return reads.stream().anyMatch(read -> read.ask().isKept());
    }

    private void addIfAny(byte @Nullable [] leave, List<Part> parts) {
        if (leave != null) {
            parts.add(new Leave(leave));
        }
    }

    private static byte[] copy(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return copy;
    }

    /// One command and what takes its answer.
    private abstract class Part extends CommandOutput<String, byte[], Object>
            implements RedisCommand<String, byte[], Object> {

        private static final CommandArgs<String, byte[]> NO_ARGS = new CommandArgs<>(Commands.CODEC);

        /// Its answer completes the batch.
        boolean isLast;

        Part() {
            super(Commands.CODEC, null);
        }

        /// Its answer is there.
        abstract void answered();

        @Override
        public final CommandOutput<String, byte[], Object> getOutput() {
            return this;
        }

        @Override
        public final void complete() {
            answered();
            if (isLast && !isOver) {
                over();
            }
        }

        @Override
        public final boolean completeExceptionally(Throwable cause) {
            fail(cause);
            return true;
        }

        @Override
        public final void cancel() {
            fail(new CancellationException("the connection was closed"));
        }

        @Override
        public final CommandArgs<String, byte[]> getArgs() {
            return NO_ARGS;
        }

        @Override
        public ProtocolKeyword getType() {
            return CommandType.GET;
        }

        @Override
        public final boolean isCancelled() {
            return false;
        }

        @Override
        public final boolean isDone() {
            return isOver;
        }

        @Override
        public final void setOutput(CommandOutput<String, byte[], Object> other) {
            throw new UnsupportedOperationException("a read takes its answer itself");
        }

        final void failIfRefused(int read) {
            if (hasError() && failures[read] == null) {
                failures[read] = new RedisCommandExecutionException(getError());
            }
        }
    }

    private final class Values extends Part {
        private int count;

        @Override
        public void encode(ByteBuf out) {
            out.writeByte('*');
            out.writeCharSequence(Integer.toString(reads.size() + 1), StandardCharsets.US_ASCII);
            out.writeBytes(MGET);
            for (RemoteRead read : reads) {
                out.writeBytes(read.bulk());
            }
        }

        @Override
        public void set(@Nullable ByteBuffer bytes) {
            values[count++] = bytes == null ? null : copy(bytes);
        }

        @Override
        public void multi(int elements) {
            // As many as were asked for.
        }

        @Override
        void answered() {
            for (int read = 0; read < failures.length; read++) {
                failIfRefused(read);
            }
        }
    }

    private final class Value extends Part {
        private final int read;

        Value(int read) {
            this.read = read;
        }

        @Override
        public void encode(ByteBuf out) {
            out.writeBytes(GET).writeBytes(reads.get(read).bulk());
        }

        @Override
        public void set(@Nullable ByteBuffer bytes) {
            values[read] = bytes == null ? null : copy(bytes);
        }

        @Override
        void answered() {
            failIfRefused(read);
        }
    }

    private final class TimeToLive extends Part {
        private final int read;

        TimeToLive(int read) {
            this.read = read;
        }

        @Override
        public void encode(ByteBuf out) {
            out.writeBytes(PTTL).writeBytes(reads.get(read).bulk());
        }

        @Override
        public void set(long millis) {
            ttlMillis[read] = millis;
        }

        @Override
        void answered() {
            failIfRefused(read);
        }
    }

    /// Goes ahead of a command to say how it is to be taken; what is wrong with it shows in the answer to that.
    private final class Leave extends Part {
        private final byte[] bytes;

        Leave(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public void encode(ByteBuf out) {
            out.writeBytes(bytes);
        }

        @Override
        public void set(@Nullable ByteBuffer ok) {
            // Nobody asks.
        }

        @Override
        void answered() {
            // Nobody asks.
        }
    }
}
