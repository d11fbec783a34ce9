package io.cachewright.snapshot.rdb;

import io.cachewright.snapshot.rdb.FileChunks.Chunk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A cursor over a file of any size. What [#require] asked for stands in `buffer` from `position` on, in one piece.
final class RdbInput implements AutoCloseable {

    private static final VarHandle LONG_LE =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG_BE = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT_LE = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT_BE = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    byte[] buffer = new byte[0];
    int position;
    private int limit;

    /// Where in the file `buffer[0]` is; may be before its start, as the first bytes of a buffer can be unused.
    private long base;

    private final String file;
    private final FileChunks chunks;

    /// Whether the buffer is one that was made for a long piece, not that of a chunk.
    private boolean isLongPiece;

    private @Nullable Chunk current;
    private @Nullable Chunk previous;

    RdbInput(Path file) throws IOException {
        this.file = file.toString();
        this.chunks = new FileChunks(file);
    }

    long size() {
        return chunks.size();
    }

    long offset() {
        return base + position;
    }

    MalformedSnapshot malformed(String problem) {
        return malformed(offset(), problem);
    }

    MalformedSnapshot malformed(long offset, String problem) {
        return new MalformedSnapshot(file, offset, problem);
    }

    boolean atEnd() {
        return position == limit && !refill(1);
    }

    /// Makes the next `bytes` stand in the buffer in one piece.
    void require(int bytes) {
        if (limit - position < bytes && !refill(bytes)) {
            throw truncated(bytes);
        }
    }

    /// Like [#require] where fewer may be left; gives how many of them there are.
    int available(int bytes) {
        if (limit - position < bytes) {
            refill(bytes);
        }
        return Math.min(bytes, limit - position);
    }

    int unsignedByte() {
        if (position == limit) {
            require(1);
        }
        return buffer[position++] & 0xff;
    }

    int intLittleEndian() {
        require(Integer.BYTES);
        position += Integer.BYTES;
        return (int) INT_LE.get(buffer, position - Integer.BYTES);
    }

    int intBigEndian() {
        require(Integer.BYTES);
        position += Integer.BYTES;
        return (int) INT_BE.get(buffer, position - Integer.BYTES);
    }

    long longLittleEndian() {
        require(Long.BYTES);
        position += Long.BYTES;
        return (long) LONG_LE.get(buffer, position - Long.BYTES);
    }

    long longBigEndian() {
        require(Long.BYTES);
        position += Long.BYTES;
        return (long) LONG_BE.get(buffer, position - Long.BYTES);
    }

    static int intLittleEndian(byte[] bytes, int at) {
        return (int) INT_LE.get(bytes, at);
    }

    void skip(long bytes) {
        if (bytes <= limit - position) {
            position += (int) bytes;
            return;
        }
        if (bytes > size() - offset()) {
            throw truncated(bytes);
        }
        long left = bytes;
        while (left > limit - position) {
            left -= limit - position;
            position = limit;
            if (!refill(1)) {
                throw truncated(left);
            }
        }
        position += (int) left;
    }

    private MalformedSnapshot truncated(long wanted) {
        return malformed("the file ends here or soon after, where " + wanted + " more "
                + (wanted == 1 ? "byte is" : "bytes are") + " needed");
    }

    /// The checksum of the file up to here.
    long checksum() {
        Chunk chunk = current;
        if (chunk != null && offset() < chunk.offset) {
            chunk = previous;
        }
        if (chunk == null || offset() < chunk.offset) {
            throw new IllegalStateException("the checksum is known near the cursor only");
        }
        int end = FileChunks.HEADROOM_BYTES + (int) (offset() - chunk.offset);
        return Crc64.update(chunk.checksumBefore, chunk.bytes, FileChunks.HEADROOM_BYTES, end);
    }

    private boolean refill(int bytes) {
        if (bytes > size() - offset()) {
            return false;
        }
        while (limit - position < bytes) {
            Chunk next = chunks.next();
            if (next == null) {
                return false;
            }
            append(next, bytes);
        }
        return true;
    }

    private void append(Chunk next, int wanted) {
        int left = limit - position;
        int dataEnd = FileChunks.HEADROOM_BYTES + next.length;
        if (left <= FileChunks.HEADROOM_BYTES) {
            int start = FileChunks.HEADROOM_BYTES - left;
            System.arraycopy(buffer, position, next.bytes, start, left);
            buffer = next.bytes;
            isLongPiece = false;
            position = start;
            limit = dataEnd;
        } else {
            appendToLongPiece(next, left, wanted);
        }
        base = next.offset + next.length - limit;
        if (previous != null) {
            chunks.release(previous);
        }
        previous = current;
        current = next;
    }

    /// It grows with what was really read, never with what a length field claims.
    private void appendToLongPiece(Chunk next, int left, int wanted) {
        if (!isLongPiece || buffer.length - limit < next.length) {
            byte[] longer = new byte[Math.max(left + next.length, Math.min(wanted, 2 * left) + next.length)];
            System.arraycopy(buffer, position, longer, 0, left);
            buffer = longer;
            isLongPiece = true;
            position = 0;
            limit = left;
        }
        System.arraycopy(next.bytes, FileChunks.HEADROOM_BYTES, buffer, limit, next.length);
        limit += next.length;
    }

    byte[] copy(int length) {
        require(length);
        position += length;
        return Arrays.copyOfRange(buffer, position - length, position);
    }

    @Override
    public void close() {
        try {
            chunks.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
