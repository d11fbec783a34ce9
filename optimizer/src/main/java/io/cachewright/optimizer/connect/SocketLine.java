package io.cachewright.optimizer.connect;

import io.cachewright.lab.wire.Address;
import io.cachewright.lab.wire.Command;
import io.cachewright.lab.wire.Reply;
import io.cachewright.lab.wire.WireConnection;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/// A line over plain TCP or a Unix socket, on the caller's own thread: a server that shares its cores with us must not
/// pay for threads that hand each reply to one another.
record SocketLine(WireConnection connection) implements Line {

    /// @throws RuntimeException of the JDK when no connection comes about; its causes say why
    static SocketLine open(Address address, ConnectSettings settings) {
        return new SocketLine(
                WireConnection.open(address, Optional.empty(), settings.connectTimeout(), settings.replyTimeout()));
    }

    @Override
    public List<Reply> exchange(List<Command> commands) {
        if (!connection.isOpen()) {
            throw new ConnectionLost("the connection is closed");
        }
        try {
            return connection.pipeline(commands);
        } catch (UncheckedIOException e) {
            throw LineFailure.of(e);
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
