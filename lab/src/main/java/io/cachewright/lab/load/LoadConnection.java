package io.cachewright.lab.load;

import io.cachewright.lab.wire.Address;
import io.cachewright.lab.wire.Command;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/// One non-blocking connection: commands that wait to be written, and those that await their reply.
final class LoadConnection {

    /// The operation of a command that signs in; it is not counted.
    static final int SIGN_IN = -1;

    final OutputBuffer output = new OutputBuffer();
    final InFlight inFlight = new InFlight();
    private final SocketChannel channel;
    private ReplyScanner scanner = new ReplyScanner();
    private @Nullable SelectionKey key;

    /// The newest commands in flight that were never handed to the socket.
    private int unattempted;

    /// Whether the socket took less than all: the server does not read, and the selector tells when it does again.
    private boolean isBlocked;

    private boolean isConnected;

    LoadConnection(Address address) throws IOException {
        boolean isTcp = address instanceof Address.Tcp;
        channel = isTcp ? SocketChannel.open() : SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.configureBlocking(false);
            if (isTcp) {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            }
            isConnected = channel.connect(address.toSocketAddress());
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    void register(Selector selector) throws IOException {
        key = channel.register(selector, isConnected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, this);
    }

    boolean isConnected() {
        return isConnected;
    }

    void finishConnect() throws IOException {
        if (channel.finishConnect()) {
            isConnected = true;
            listen();
        }
    }

    /// Puts a command into the output; the number of bytes it takes.
    int enqueue(Command command, long dueNanos, int operation) {
        int bytes = output.add(command);
        inFlight.add(dueNanos, operation);
        unattempted++;
        return bytes;
    }

    /// Writes what the socket takes. Every command is counted as handed over even when the socket is full: what it
    /// waits from there on is the server's doing, not the generator's.
    void flush(ByteBuffer buffer, Tally tally) throws IOException {
        while (isConnected && !isBlocked && !output.isEmpty()) {
            buffer.clear();
            output.copyTo(buffer);
            buffer.flip();
            int offered = buffer.remaining();
            int taken = channel.write(buffer);
            output.consume(taken);
            if (taken < offered) {
                isBlocked = true;
                listen();
            }
        }
        if (unattempted > 0 && isConnected) {
            long now = System.nanoTime();
            for (int i = unattempted - 1; i >= 0; i--) {
                if (inFlight.operationBefore(i) != SIGN_IN) {
                    tally.written(inFlight.dueNanosBefore(i), now);
                }
            }
            unattempted = 0;
        }
    }

    void unblock() {
        isBlocked = false;
        listen();
    }

    /// Reads once and counts the replies. Returns how many there were.
    int read(ByteBuffer buffer, Tally tally) throws IOException {
        buffer.clear();
        int count = channel.read(buffer);
        if (count < 0) {
            throw new EOFException("the server closed the connection");
        }
        long now = System.nanoTime();
        tally.received(now, count);
        buffer.flip();
        int replies = 0;
        while (true) {
            switch (scanner.next(buffer)) {
                case NOTHING -> {
                    return replies;
                }
                case PUSH -> {}
                case REPLY -> replies += settle(true, now, tally);
                case ERROR -> replies += settle(false, now, tally);
            }
        }
    }

    private int settle(boolean isFine, long now, Tally tally) throws IOException {
        if (inFlight.size() == 0) {
            throw new IOException("the server sent a reply that nobody asked for");
        }
        int operation = inFlight.operation();
        long due = inFlight.dueNanos();
        inFlight.removeOldest();
        if (operation == SIGN_IN) {
            if (!isFine) {
                throw new IOException("the server refused the credentials: " + scanner.errorPrefix());
            }
            return 0;
        }
        if (isFine) {
            tally.answered(operation, due, now);
        } else {
            tally.failed(due, scanner.errorPrefix());
        }
        return 1;
    }

    /// Counts what is in flight as failed, and forgets it.
    int abandon(Tally tally, String kind) {
        int abandoned = 0;
        while (inFlight.size() > 0) {
            if (inFlight.operation() != SIGN_IN) {
                tally.failed(inFlight.dueNanos(), kind);
                abandoned++;
            }
            inFlight.removeOldest();
        }
        output.clear();
        unattempted = 0;
        scanner = new ReplyScanner();
        return abandoned;
    }

    void close() throws IOException {
        channel.close();
    }

    private void listen() {
        SelectionKey registered = key;
        if (registered != null) {
            registered.interestOps(isBlocked ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
        }
    }
}
