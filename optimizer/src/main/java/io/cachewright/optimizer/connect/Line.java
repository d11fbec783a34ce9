package io.cachewright.optimizer.connect;

import io.cachewright.lab.wire.Command;
import io.cachewright.lab.wire.Reply;
import java.util.List;

/// One open connection: sends commands at once and gives their replies in order.
interface Line extends AutoCloseable {

    /// @throws ConnectionLost when the replies do not all come in time; the line is of no use after that
    List<Reply> exchange(List<Command> commands);

    @Override
    void close();
}
