package io.cachewright.snapshot.rdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/// A file as a sequence of chunks, read ahead by a thread that also computes the checksum.
final class FileChunks implements AutoCloseable {

    static final int CHUNK_BYTES = 1 << 20;

    /// Free bytes before the data of a chunk, into which what is left of the chunk before is moved.
    static final int HEADROOM_BYTES = 1 << 16;

    /// One is parsed, one was parsed before, one waits, one is filled.
    private static final int CHUNKS = 5;

    /// Data stands in `bytes[HEADROOM_BYTES, HEADROOM_BYTES + length)`.
    static final class Chunk {
        final byte[] bytes;
        int length;
        long offset;

        /// Of everything before this chunk.
        long checksumBefore;

        @Nullable
        IOException failure;

        Chunk(int capacity) {
            this.bytes = new byte[HEADROOM_BYTES + capacity];
        }
    }

    private final FileChannel channel;
    private final long size;
    private final BlockingQueue<Chunk> free = new ArrayBlockingQueue<>(CHUNKS);
    private final BlockingQueue<Chunk> filled = new ArrayBlockingQueue<>(CHUNKS);
    private final @Nullable Thread reader;
    private long taken;
    private long read;
    private long checksum;

    FileChunks(Path file) throws IOException {
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            this.size = channel.size();
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        boolean ahead = size > 2L * CHUNK_BYTES;
        for (int i = 0; i < (ahead ? CHUNKS : 2); i++) {
            free.add(new Chunk((int) Math.min(size, CHUNK_BYTES)));
        }
        this.reader =
                ahead ? Thread.ofPlatform().daemon().name("snapshot-reader").start(this::readAhead) : null;
    }

    long size() {
        return size;
    }

    /// The next chunk; null at the end of the file.
    @Nullable
    Chunk next() {
        if (taken >= size) {
            return null;
        }
        try {
            Chunk chunk = reader == null ? fill(free.take()) : filled.take();
            if (chunk.failure != null) {
                throw new UncheckedIOException(chunk.failure);
            }
            // A file that shrinks while it is read ends early; the caller sees it truncated.
            taken = chunk.length == 0 ? size : taken + chunk.length;
            return chunk.length == 0 ? null : chunk;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted while reading", e));
        }
    }

    void release(Chunk chunk) {
        free.add(chunk);
    }

    private void readAhead() {
        try {
            while (read < size) {
                Chunk chunk = fill(free.take());
                filled.put(chunk);
                if (chunk.failure != null || chunk.length == 0) {
                    return;
                }
            }
        } catch (InterruptedException _) {
            // Closed before the end: nobody waits for the rest.
        }
    }

    private Chunk fill(Chunk chunk) {
        chunk.offset = read;
        chunk.checksumBefore = checksum;
        chunk.failure = null;
        ByteBuffer target = ByteBuffer.wrap(chunk.bytes, HEADROOM_BYTES, chunk.bytes.length - HEADROOM_BYTES);
        try {
            while (target.hasRemaining() && channel.read(target) >= 0) {
                // On to the end of the chunk or of the file.
            }
        } catch (IOException e) {
            chunk.failure = e;
        }
        chunk.length = target.position() - HEADROOM_BYTES;
        checksum = Crc64.update(checksum, chunk.bytes, HEADROOM_BYTES, HEADROOM_BYTES + chunk.length);
        read += chunk.length;
        return chunk;
    }

    @Override
    public void close() throws IOException {
        if (reader != null) {
            reader.interrupt();
            try {
                reader.join();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
        channel.close();
    }
}
