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
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/// One command of a [ReadBatch], and what takes its answer. It speaks the protocol itself.
abstract class ReadCommand extends CommandOutput<String, byte[], Object>
        implements RedisCommand<String, byte[], Object> {

    static final byte[] CACHING = ascii("*3\r\n$6\r\nCLIENT\r\n$7\r\nCACHING\r\n$3\r\nYES\r\n");
    static final byte[] ASKING = ascii("*1\r\n$6\r\nASKING\r\n");

    private static final byte[] GET = ascii("*2\r\n$3\r\nGET\r\n");
    private static final byte[] MGET = ascii("\r\n$4\r\nMGET\r\n");
    private static final byte[] PTTL = ascii("*2\r\n$4\r\nPTTL\r\n");
    private static final CommandArgs<String, byte[]> NO_ARGS = new CommandArgs<>(Commands.CODEC);

    final ReadBatch batch;
    private boolean isLast;

    private ReadCommand(ReadBatch batch) {
        super(Commands.CODEC, null);
        this.batch = batch;
    }

    /// The values of `reads`, which are places in the batch.
    static ReadCommand values(ReadBatch batch, int[] reads) {
        return new Values(batch, reads);
    }

    static ReadCommand value(ReadBatch batch, int read) {
        return new Value(batch, read);
    }

    static ReadCommand timeToLive(ReadBatch batch, int read) {
        return new TimeToLive(batch, read);
    }

    /// Goes ahead of a command to say how it is to be taken; what is wrong with it shows in the answer to that.
    static ReadCommand leave(ReadBatch batch, byte[] bytes) {
        return new Leave(batch, bytes);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /// Its answer completes the batch.
    final void isLast(boolean whether) {
        isLast = whether;
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
        if (isLast) {
            batch.over();
        }
    }

    @Override
    public final boolean completeExceptionally(Throwable cause) {
        batch.fail(cause);
        return true;
    }

    @Override
    public final void cancel() {
        batch.fail(new CancellationException("the connection was closed"));
    }

    @Override
    public final CommandArgs<String, byte[]> getArgs() {
        return NO_ARGS;
    }

    @Override
    public final ProtocolKeyword getType() {
        return CommandType.GET;
    }

    @Override
    public final boolean isCancelled() {
        return false;
    }

    @Override
    public final boolean isDone() {
        return batch.isOver();
    }

    @Override
    public final void setOutput(CommandOutput<String, byte[], Object> other) {
        throw new UnsupportedOperationException("a read takes its answer itself");
    }

    final void failIfRefused(int read) {
        if (hasError()) {
            batch.refused(read, new RedisCommandExecutionException(getError()));
        }
    }

    private static byte @Nullable [] copy(@Nullable ByteBuffer bytes) {
        if (bytes == null) {
            return null;
        }
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return copy;
    }

    private static final class Values extends ReadCommand {
        private final int[] reads;
        private int count;

        Values(ReadBatch batch, int[] reads) {
            super(batch);
            this.reads = reads;
        }

        @Override
        public void encode(ByteBuf out) {
            out.writeByte('*');
            out.writeCharSequence(Integer.toString(reads.length + 1), StandardCharsets.US_ASCII);
            out.writeBytes(MGET);
            for (int read : reads) {
                out.writeBytes(batch.bulk(read));
            }
        }

        @Override
        public void set(@Nullable ByteBuffer bytes) {
            batch.value(reads[count++], copy(bytes));
        }

        @Override
        public void multi(int elements) {
            // As many as were asked for.
        }

        @Override
        void answered() {
            for (int read : reads) {
                failIfRefused(read);
            }
        }
    }

    private static final class Value extends ReadCommand {
        private final int read;

        Value(ReadBatch batch, int read) {
            super(batch);
            this.read = read;
        }

        @Override
        public void encode(ByteBuf out) {
            out.writeBytes(GET).writeBytes(batch.bulk(read));
        }

        @Override
        public void set(@Nullable ByteBuffer bytes) {
            batch.value(read, copy(bytes));
        }

        @Override
        void answered() {
            failIfRefused(read);
        }
    }

    private static final class TimeToLive extends ReadCommand {
        private final int read;

        TimeToLive(ReadBatch batch, int read) {
            super(batch);
            this.read = read;
        }

        @Override
        public void encode(ByteBuf out) {
            out.writeBytes(PTTL).writeBytes(batch.bulk(read));
        }

        @Override
        public void set(long millis) {
            batch.ttlMillis(read, millis);
        }

        @Override
        void answered() {
            failIfRefused(read);
        }
    }

    private static final class Leave extends ReadCommand {
        private final byte[] bytes;

        Leave(ReadBatch batch, byte[] bytes) {
            super(batch);
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
