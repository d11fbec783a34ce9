package io.cachewright.lab.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// A connection to one server that asks and waits for the answer, each time for a bounded while.
///
/// For one thread at a time. After a failure ([UncheckedIOException], whose cause tells a timeout from a lost
/// connection) requests and replies may be out of step, so the connection is closed.
public final class WireConnection implements AutoCloseable {

    /// Pushed messages kept for [#receive]; the oldest go first, as nobody asked for them.
    private static final int PUSHES_KEPT_MAX = 10_000;

    /// Commands in flight while a long list is sent: enough to hide the round trip, few enough to bound
    /// the replies.
    private static final int PIPELINE_DEPTH = 1_000;

    private static final int READ_BYTES = 64 << 10;

    private final Address address;
    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final Duration replyTimeout;
    private final ReplyParser parser = new ReplyParser();
    private final ByteBuffer input = ByteBuffer.allocateDirect(READ_BYTES);
    private final Deque<Reply> pushes = new ArrayDeque<>();

    private WireConnection(
            Address address, SocketChannel channel, Selector selector, SelectionKey key, Duration replyTimeout) {
        this.address = address;
        this.channel = channel;
        this.selector = selector;
        this.key = key;
        this.replyTimeout = replyTimeout;
    }

    /// Connects within 5 s; each reply may take 30 s.
    public static WireConnection open(Address address, Optional<Credentials> credentials) {
        return open(address, credentials, Duration.ofSeconds(5), Duration.ofSeconds(30));
    }

    /// Connects, and signs in when credentials are given.
    ///
    /// @throws UncheckedIOException when nothing answers in time, or the server refuses the credentials
    public static WireConnection open(
            Address address, Optional<Credentials> credentials, Duration connectTimeout, Duration replyTimeout) {
        WireConnection connection;
        try {
            connection = connect(address, connectTimeout, replyTimeout);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            if (credentials.isPresent()
                    && connection.call(credentials.get().toCommand()) instanceof Reply.Error(String message)) {
                throw new UncheckedIOException(new IOException(
                        address + " refused user " + credentials.get().user() + ": " + message));
            }
            return connection;
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private static WireConnection connect(Address address, Duration connectTimeout, Duration replyTimeout)
            throws IOException {
        boolean isTcp = address instanceof Address.Tcp;
        SocketChannel channel = isTcp ? SocketChannel.open() : SocketChannel.open(StandardProtocolFamily.UNIX);
        Selector selector = null;
        try {
            selector = Selector.open();
            channel.configureBlocking(false);
            if (isTcp) {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            }
            SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
            if (!channel.connect(address.toSocketAddress())) {
                long deadline = System.nanoTime() + connectTimeout.toNanos();
                while (!channel.finishConnect()) {
                    if (!await(selector, deadline)) {
                        throw new SocketTimeoutException(
                                address + " did not accept a connection within " + connectTimeout.toMillis() + " ms");
                    }
                }
            }
            return new WireConnection(address, channel, selector, key, replyTimeout);
        } catch (IOException | RuntimeException e) {
            channel.close();
            if (selector != null) {
                selector.close();
            }
            if (e instanceof RuntimeException || e instanceof SocketTimeoutException) {
                throw e;
            }
            ConnectException refused = new ConnectException("cannot connect to " + address + ": " + e.getMessage());
            refused.initCause(e);
            throw refused;
        }
    }

    public Address address() {
        return address;
    }

    public Reply call(String... arguments) {
        return call(Command.of(arguments));
    }

    public Reply call(Command command) {
        return pipeline(List.of(command)).getFirst();
    }

    /// Switches the protocol with `HELLO`: 2 or 3.
    public Reply hello(int protocol) {
        return call("HELLO", Integer.toString(protocol));
    }

    /// Sends all commands at once and gives the replies in their order.
    public List<Reply> pipeline(List<Command> commands) {
        List<Reply> replies = new ArrayList<>(commands.size());
        ByteBuffer output = ByteBuffer.wrap(Encoding.encode(commands));
        return closingOnFailure(() -> {
            long deadline = System.nanoTime() + replyTimeout.toNanos();
            while (replies.size() < commands.size()) {
                // Sending and receiving take turns: a server whose replies nobody reads stops reading commands.
                boolean sent = write(output);
                boolean received = takeReplies(replies, commands.size());
                if (sent || received) {
                    deadline = System.nanoTime() + replyTimeout.toNanos();
                } else if (replies.size() < commands.size()) {
                    awaitReady(output.hasRemaining(), deadline);
                }
            }
            return replies;
        });
    }

    /// Sends any number of commands with bounded memory, as when a server is filled.
    ///
    /// @return how many were sent
    public long pipelineAll(Iterator<Command> commands, Consumer<Reply> replies) {
        long sent = 0;
        List<Command> batch = new ArrayList<>(PIPELINE_DEPTH);
        while (commands.hasNext()) {
            batch.clear();
            while (commands.hasNext() && batch.size() < PIPELINE_DEPTH) {
                batch.add(commands.next());
            }
            pipeline(batch).forEach(replies);
            sent += batch.size();
        }
        return sent;
    }

    /// Sends a command whose reply, if it has one, comes by [#receive]: `SUBSCRIBE`, `MONITOR`, `SHUTDOWN`.
    public void send(Command command) {
        ByteBuffer output = ByteBuffer.wrap(Encoding.encode(command));
        closingOnFailure(() -> {
            long deadline = System.nanoTime() + replyTimeout.toNanos();
            while (output.hasRemaining()) {
                if (!write(output)) {
                    awaitReady(true, deadline);
                }
            }
            return output;
        });
    }

    /// The next message that the server pushed, or the next reply to a command given to [#send]; empty when none
    /// came within `timeout`.
    public Optional<Reply> receive(Duration timeout) {
        return closingOnFailure(() -> {
            long deadline = System.nanoTime() + timeout.toNanos();
            while (true) {
                Optional<Reply> next = Optional.ofNullable(pushes.poll());
                if (next.isEmpty()) {
                    next = parser.next();
                }
                if (next.isPresent()) {
                    return next;
                }
                if (!read()) {
                    key.interestOps(SelectionKey.OP_READ);
                    if (!await(selector, deadline)) {
                        return Optional.empty();
                    }
                }
            }
        });
    }

    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() {
        try (selector;
                channel) {
            pushes.clear();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean write(ByteBuffer output) throws IOException {
        return output.hasRemaining() && channel.write(output) > 0;
    }

    private boolean takeReplies(List<Reply> replies, int expected) throws IOException {
        boolean progress = read();
        while (replies.size() < expected) {
            Optional<Reply> next = parser.next();
            if (next.isEmpty()) {
                break;
            }
            if (next.get() instanceof Reply.Push push) {
                keep(push);
            } else {
                replies.add(next.get());
            }
        }
        return progress;
    }

    private void keep(Reply push) {
        if (pushes.size() == PUSHES_KEPT_MAX) {
            pushes.remove();
        }
        pushes.add(push);
    }

    private boolean read() throws IOException {
        input.clear();
        int count = channel.read(input);
        if (count < 0) {
            throw new EOFException(address + " closed the connection");
        }
        parser.feed(input.flip());
        return count > 0;
    }

    private void awaitReady(boolean alsoToWrite, long deadline) throws IOException {
        key.interestOps(alsoToWrite ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
        if (!await(selector, deadline)) {
            throw new SocketTimeoutException(address + " did not answer within " + replyTimeout.toMillis() + " ms");
        }
    }

    /// Waits for the channel; false when the deadline has passed.
    private static boolean await(Selector selector, long deadline) throws IOException {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
            return false;
        }
        selector.select(Math.max(1, left / 1_000_000));
        selector.selectedKeys().clear();
        if (Thread.currentThread().isInterrupted()) {
            throw new java.io.InterruptedIOException("interrupted");
        }
        return true;
    }

    @FunctionalInterface
    private interface Exchange<T> {
        T run() throws IOException;
    }

    private <T> T closingOnFailure(Exchange<T> exchange) {
        try {
            return exchange.run();
        } catch (IOException e) {
            close();
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }
}
