package io.cachewright.optimizer.connect;

import io.cachewright.lab.wire.Address;
import io.cachewright.lab.wire.Command;
import io.cachewright.lab.wire.Reply;
import io.cachewright.lab.wire.WireConnection;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/// A line over a Unix socket.
record SocketLine(WireConnection connection) implements Line {

    /// @throws UncheckedIOException when nothing accepts
    static SocketLine open(Address.UnixSocket address, ConnectSettings settings) {
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
            throw new ConnectionLost(LineFailure.clause(e));
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
