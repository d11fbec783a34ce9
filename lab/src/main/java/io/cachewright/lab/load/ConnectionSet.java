package io.cachewright.lab.load;

import io.cachewright.lab.wire.Address;
import io.cachewright.lab.wire.Command;
import io.cachewright.lab.wire.Credentials;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The connections of one run and their selector, for one thread. A connection that is lost is opened anew; until
/// then its commands fail.
final class ConnectionSet implements AutoCloseable {

    static final int CONNECTIONS_MAX = 10_000;

    /// The kind of error of commands whose connection was lost or could not be opened.
    static final String CONNECTION_LOST = "CONNECTION_LOST";

    private static final int BUFFER_BYTES = 256 << 10;
    private static final long CONNECT_TIMEOUT_NANOS = 5_000_000_000L;
    private static final long RECONNECT_INTERVAL_NANOS = 20_000_000L;

    private final Address address;
    private final Optional<Credentials> credentials;
    private final Selector selector;
    private final @Nullable LoadConnection[] connections;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final int[] dirty;
    private final boolean[] isDirty;
    private int dirtyCount;
    private int inFlight;
    private int missing;
    private long reconnectAt;

    /// Opens all connections and waits until they stand.
    ConnectionSet(Address address, Optional<Credentials> credentials, int count) throws IOException {
        if (count < 1 || count > CONNECTIONS_MAX) {
            throw new IllegalArgumentException("1 to " + CONNECTIONS_MAX + " connections, were " + count);
        }
        this.address = address;
        this.credentials = credentials;
        this.selector = Selector.open();
        this.connections = new LoadConnection[count];
        this.dirty = new int[count];
        this.isDirty = new boolean[count];
        try {
            for (int i = 0; i < count; i++) {
                open(i);
            }
            awaitConnected();
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private void open(int index) throws IOException {
        LoadConnection connection = new LoadConnection(address);
        connections[index] = connection;
        connection.register(selector);
        if (credentials.isPresent()) {
            connection.enqueue(credentials.get().toCommand(), System.nanoTime(), LoadConnection.SIGN_IN);
            markDirty(index);
        }
    }

    private void awaitConnected() throws IOException {
        long deadline = System.nanoTime() + CONNECT_TIMEOUT_NANOS;
        for (LoadConnection connection : connections) {
            while (connection != null && !connection.isConnected()) {
                if (System.nanoTime() - deadline > 0) {
                    throw new SocketTimeoutException(
                            address + " did not accept " + connections.length + " connections");
                }
                selector.select(100);
                for (SelectionKey key : selector.selectedKeys()) {
                    ((LoadConnection) key.attachment()).finishConnect();
                }
                selector.selectedKeys().clear();
            }
        }
    }

    int count() {
        return connections.length;
    }

    int inFlight() {
        return inFlight;
    }

    /// Commands in flight on one connection.
    int inFlight(int index) {
        LoadConnection connection = connections[index];
        return connection == null ? 0 : connection.inFlight.size();
    }

    boolean isUp(int index) {
        return connections[index] != null;
    }

    long unsentBytes(int index) {
        LoadConnection connection = connections[index];
        return connection == null ? 0 : connection.output.size();
    }

    /// Puts a command into the output of a connection; [#flush] writes it.
    void enqueue(int index, Command command, long dueNanos, int operation, Tally tally) {
        LoadConnection connection = connections[index];
        if (connection == null) {
            tally.sent(dueNanos, 0);
            tally.failed(dueNanos, CONNECTION_LOST);
            return;
        }
        tally.sent(dueNanos, connection.enqueue(command, dueNanos, operation));
        inFlight++;
        markDirty(index);
    }

    private void markDirty(int index) {
        if (!isDirty[index]) {
            isDirty[index] = true;
            dirty[dirtyCount++] = index;
        }
    }

    /// Writes what was enqueued.
    void flush(Tally tally) {
        for (int i = 0; i < dirtyCount; i++) {
            int index = dirty[i];
            isDirty[index] = false;
            LoadConnection connection = connections[index];
            if (connection != null) {
                try {
                    connection.flush(buffer, tally);
                } catch (IOException e) {
                    lose(connection, tally);
                }
            }
        }
        dirtyCount = 0;
    }

    /// Reads the replies that are there, after waiting for the first up to `timeoutMillis`; does not wait when it
    /// is 0.
    int poll(long timeoutMillis, Tally tally) throws IOException {
        int[] replies = new int[1];
        if (timeoutMillis == 0) {
            selector.selectNow(key -> replies[0] += serve(key, tally));
        } else {
            selector.select(key -> replies[0] += serve(key, tally), timeoutMillis);
        }
        if (missing > 0 && System.nanoTime() - reconnectAt > 0) {
            reconnect();
        }
        return replies[0];
    }

    private int serve(SelectionKey key, Tally tally) {
        LoadConnection connection = (LoadConnection) key.attachment();
        try {
            if (!connection.isConnected()) {
                connection.finishConnect();
            }
            if (connection.isConnected()) {
                if (key.isWritable()) {
                    connection.unblock();
                    connection.flush(buffer, tally);
                }
                if (key.isReadable()) {
                    int replies = connection.read(buffer, tally);
                    inFlight -= replies;
                    return replies;
                }
            }
        } catch (IOException e) {
            lose(connection, tally);
        }
        return 0;
    }

    private void lose(LoadConnection connection, Tally tally) {
        inFlight -= connection.abandon(tally, CONNECTION_LOST);
        try {
            connection.close();
        } catch (IOException _) {
            // It is of no more use either way.
        }
        for (int i = 0; i < connections.length; i++) {
            if (connections[i] == connection) {
                connections[i] = null;
                missing++;
            }
        }
        reconnectAt = System.nanoTime() + RECONNECT_INTERVAL_NANOS;
    }

    private void reconnect() {
        for (int i = 0; i < connections.length && missing > 0; i++) {
            if (connections[i] == null) {
                try {
                    open(i);
                    missing--;
                } catch (IOException e) {
                    reconnectAt = System.nanoTime() + RECONNECT_INTERVAL_NANOS;
                    return;
                }
            }
        }
    }

    /// Counts what is still in flight with its age.
    void settleUnanswered(long nowNanos, Tally tally) {
        for (LoadConnection connection : connections) {
            while (connection != null && connection.inFlight.size() > 0) {
                InFlight waiting = connection.inFlight;
                if (waiting.operation() != LoadConnection.SIGN_IN) {
                    tally.unanswered(waiting.operation(), waiting.dueNanos(), nowNanos);
                }
                waiting.removeOldest();
            }
        }
        inFlight = 0;
    }

    @Override
    public void close() throws IOException {
        for (LoadConnection connection : connections) {
            if (connection != null) {
                connection.close();
            }
        }
        selector.close();
    }
}
