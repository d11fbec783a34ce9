package io.cachewright.snapshot.rdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A cursor over a file of any size, read chunk by chunk. What [#require] asked for stands in `buffer` from `position`
/// on, in one piece, until more is read.
final class RdbInput {

    static final int CHUNK_BYTES = 1 << 18;

    /// Free bytes before the data of a chunk, into which what is left of the chunk before is moved.
    private static final int HEADROOM_BYTES = 1 << 16;

    private static final VarHandle LONG_LE =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG_BE = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT_LE = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT_BE = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    byte[] buffer;
    int position;
    private int limit;

    /// Where in the file `buffer[0]` is; may be before its start, as the first bytes of a buffer can be unused.
    private long base;

    private final String file;
    private final @Nullable FileChannel channel;
    private final long size;

    /// Holds a chunk; another buffer is made for a piece that is longer.
    private final byte[] chunk;

    /// Of what was passed before `checksumFrom` in the buffer.
    private long checksum;

    private int checksumFrom;

    private RdbInput(String file, @Nullable FileChannel channel, long size, byte[] buffer, int limit, long base) {
        this.file = file;
        this.channel = channel;
        this.size = size;
        this.chunk = buffer;
        this.buffer = buffer;
        this.limit = limit;
        this.base = base;
    }

    /// Begins at the byte `from`. Several cursors may read one channel.
    static RdbInput of(Path file, FileChannel channel, long from) throws IOException {
        long size = channel.size();
        byte[] buffer = new byte[HEADROOM_BYTES + (int) Math.min(CHUNK_BYTES, Math.max(0, size - from))];
        return new RdbInput(file.toString(), channel, size, buffer, 0, from);
    }

    /// Over a part of a file that begins at `offset`, as if the file ended with it.
    static RdbInput ofPart(Path file, byte[] part, long offset) {
        return new RdbInput(file.toString(), null, offset + part.length, part, part.length, offset);
    }

    long size() {
        return size;
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

    /// The checksum from where this cursor began up to here.
    long checksum() {
        return Crc64.update(checksum, buffer, checksumFrom, position);
    }

    private boolean refill(int bytes) {
        if (bytes > size - offset()) {
            return false;
        }
        while (limit - position < bytes) {
            long end = base + limit;
            checksum = checksum();
            makeRoom(bytes);
            checksumFrom = position;
            base = end - limit;
            int read = readChunk();
            if (read == 0) {
                // A file that shrinks while it is read ends early; the caller sees it truncated.
                return false;
            }
            limit += read;
        }
        return true;
    }

    /// Moves what is left to where a chunk can follow it.
    private void makeRoom(int wanted) {
        int left = limit - position;
        if (left <= HEADROOM_BYTES) {
            System.arraycopy(buffer, position, chunk, HEADROOM_BYTES - left, left);
            buffer = chunk;
            position = HEADROOM_BYTES - left;
            limit = HEADROOM_BYTES;
        } else if (buffer.length - limit < CHUNK_BYTES) {
            // It grows with what was really read, never with what a length field claims.
            byte[] longer = new byte[Math.max(left, Math.min(wanted, 2 * left)) + CHUNK_BYTES];
            System.arraycopy(buffer, position, longer, 0, left);
            buffer = longer;
            position = 0;
            limit = left;
        }
    }

    private int readChunk() {
        if (channel == null) {
            return 0;
        }
        ByteBuffer target = ByteBuffer.wrap(buffer, limit, Math.min(CHUNK_BYTES, buffer.length - limit));
        long end = base + limit;
        try {
            while (target.hasRemaining()) {
                int read = channel.read(target, end + target.position() - limit);
                if (read < 0) {
                    break;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return target.position() - limit;
    }

    byte[] copy(int length) {
        require(length);
        position += length;
        return Arrays.copyOfRange(buffer, position - length, position);
    }
}
