package io.cachewright.optimizer.connect;

import io.cachewright.lab.wire.Reply;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes any RESP2 reply from Lettuce as it is. An error becomes a value, for a refusal is an answer here.
final class ReplyOutput extends CommandOutput<byte[], byte[], Reply> {

    private final Deque<Open> open = new ArrayDeque<>();

    ReplyOutput() {
        super(ByteArrayCodec.INSTANCE, new Reply.Null());
    }

    @Override
    public void set(@Nullable ByteBuffer bytes) {
        take(bytes == null ? new Reply.Null() : new Reply.Bulk(copy(bytes)));
    }

    @Override
    public void setSingle(@Nullable ByteBuffer bytes) {
        take(bytes == null ? new Reply.Null() : new Reply.Simple(text(bytes)));
    }

    @Override
    public void set(long integer) {
        take(new Reply.Int(integer));
    }

    @Override
    public void setError(@Nullable ByteBuffer error) {
        take(new Reply.Error(error == null ? "" : text(error)));
    }

    @Override
    public void setError(String error) {
        take(new Reply.Error(error));
    }

    @Override
    public void multi(int count) {
        if (count == 0) {
            take(new Reply.Array(List.of()));
        } else {
            open.push(new Open(count, new ArrayList<>()));
        }
    }

    /// Puts a finished part into the array being read, which may finish that one too.
    private void take(Reply part) {
        Reply done = part;
        while (!open.isEmpty()) {
            Open innermost = open.element();
            innermost.parts().add(done);
            if (innermost.parts().size() < innermost.count()) {
                return;
            }
            open.pop();
            done = new Reply.Array(innermost.parts());
        }
        output = done;
    }

    private static byte[] copy(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return copy;
    }

    private static String text(ByteBuffer bytes) {
        return new String(copy(bytes), StandardCharsets.UTF_8);
    }

    /// An array of which parts are still to come.
    private record Open(int count, List<Reply> parts) {}
}
