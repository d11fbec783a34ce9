package io.cachewright.lab.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// One connection through the proxy: for each way a thread that reads and one that writes, with a bounded queue of
/// pieces in between, so that a delay does not slow the flow.
final class Relay {

    private static final int PIECE_BYTES = 16 << 10;
    private static final int PIECES_MAX = 256;
    private static final byte[] END = new byte[0];

    private static final class Piece {
        private final byte[] bytes;
        private final long dueNanos;

        private Piece(byte[] bytes, long dueNanos) {
            this.bytes = bytes;
            this.dueNanos = dueNanos;
        }
    }

    private final Socket client;
    private final Socket server;
    private final Conditions conditions;
    private final Consumer<Relay> ended;
    private volatile boolean isOpen = true;

    Relay(Socket client, Socket server, Conditions conditions, Consumer<Relay> ended) {
        this.client = client;
        this.server = server;
        this.conditions = conditions;
        this.ended = ended;
    }

    void start() {
        startWay(client, server, true);
        startWay(server, client, false);
    }

    boolean isOpen() {
        return isOpen;
    }

    /// Ends both sides with a reset; what was on its way is lost.
    void reset() {
        isOpen = false;
        resetSocket(client);
        resetSocket(server);
        conditions.wake();
        ended.accept(this);
    }

    /// Ends both sides after one of them has said goodbye; what was written before still arrives.
    private void end() {
        isOpen = false;
        closeQuietly(client);
        closeQuietly(server);
        conditions.wake();
        ended.accept(this);
    }

    static void resetSocket(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException _) {
            // Already closed.
        }
        closeQuietly(socket);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // Nothing more can be done about it.
        }
    }

    private void startWay(Socket from, Socket to, boolean toServer) {
        BlockingQueue<Piece> pieces = new ArrayBlockingQueue<>(PIECES_MAX);
        Thread.ofVirtual().name("fault-proxy-read").start(() -> read(from, pieces));
        Thread.ofVirtual().name("fault-proxy-write").start(() -> write(to, pieces, toServer));
    }

    private void read(Socket from, BlockingQueue<Piece> pieces) {
        byte[] buffer = new byte[PIECE_BYTES];
        try {
            InputStream in = from.getInputStream();
            int count = in.read(buffer);
            while (count >= 0) {
                put(pieces, new Piece(Arrays.copyOf(buffer, count), System.nanoTime() + conditions.delayNanos()));
                count = in.read(buffer);
            }
            put(pieces, new Piece(END, System.nanoTime() + conditions.delayNanos()));
        } catch (IOException _) {
            reset();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Gives up when the relay is reset, since then nobody takes pieces any more.
    private void put(BlockingQueue<Piece> pieces, Piece piece) throws InterruptedException {
        while (isOpen && !pieces.offer(piece, 100, TimeUnit.MILLISECONDS)) {
            Thread.onSpinWait();
        }
    }

    private void write(Socket to, BlockingQueue<Piece> pieces, boolean toServer) {
        try {
            OutputStream out = to.getOutputStream();
            while (isOpen) {
                Piece piece = pieces.poll(100, TimeUnit.MILLISECONDS);
                if (piece == null) {
                    continue;
                }
                waitUntil(piece.dueNanos);
                conditions.awaitPassage(toServer, this);
                if (piece.bytes.length == 0) {
                    end();
                    return;
                }
                writeThrottled(out, piece.bytes);
            }
        } catch (IOException _) {
            reset();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void waitUntil(long dueNanos) throws InterruptedException {
        long left = dueNanos - System.nanoTime();
        if (left > 0) {
            TimeUnit.NANOSECONDS.sleep(left);
        }
    }

    private void writeThrottled(OutputStream out, byte[] bytes) throws IOException, InterruptedException {
        long limit = conditions.bytesPerSecond();
        out.write(bytes);
        out.flush();
        if (limit > 0) {
            TimeUnit.NANOSECONDS.sleep(TimeUnit.SECONDS.toNanos(bytes.length) / limit);
        }
    }
}
