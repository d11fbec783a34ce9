package io.cachewright.optimizer.connect;

import io.cachewright.lab.wire.Address;
import io.cachewright.lab.wire.Command;
import io.cachewright.lab.wire.Reply;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A connection to one server for asking questions, one at a time. Refusals are replies; a lost connection throws and
/// is opened anew by the next question, a few times only.
///
/// For one thread at a time.
public final class Session implements AutoCloseable {

    /// A server that keeps dropping the connection is left alone.
    private static final int REOPENINGS_MAX = 3;

    private final Opening opening;
    private @Nullable Line line;
    private int reopenings;
    private boolean isClosed;

    private Session(Opening opening) {
        this.opening = opening;
    }

    /// @throws TargetUnreachable when it cannot be opened
    static Session open(Opening opening) {
        Session session = new Session(opening);
        session.line = opening.open();
        return session;
    }

    /// What this session looks at, without user and password when printed.
    public Target.Live target() {
        return opening.target();
    }

    public Address address() {
        return opening.target().address();
    }

    /// @throws ConnectionLost when no reply comes
    public Reply call(String... words) {
        return exchange(List.of(Command.of(words))).getFirst();
    }

    /// Sends all at once and gives the replies in order.
    ///
    /// @throws ConnectionLost when they do not all come
    /// @throws SessionInterrupted when this thread is interrupted before they came
    public List<Reply> exchange(List<Command> commands) {
        Line current = line();
        try {
            return current.exchange(commands);
        } catch (ConnectionLost | SessionInterrupted failure) {
            current.close();
            line = null;
            throw failure;
        }
    }

    /// A second connection to the same server with the same login, for work that changes the connection's state.
    ///
    /// @throws TargetUnreachable when it cannot be opened
    public Session sibling() {
        return open(opening);
    }

    /// A connection to another node of the same deployment, with the same login.
    ///
    /// @throws TargetUnreachable when it cannot be opened
    public Session connectTo(Address node) {
        return open(new Opening(opening.target().movedTo(node), opening.password(), opening.settings()));
    }

    private Line line() {
        if (isClosed) {
            throw new IllegalStateException("the session is closed");
        }
        Optional<Line> open = Optional.ofNullable(line);
        if (open.isPresent()) {
            return open.get();
        }
        if (reopenings == REOPENINGS_MAX) {
            throw new ConnectionLost("the connection was lost " + (REOPENINGS_MAX + 1) + " times");
        }
        reopenings++;
        try {
            Line reopened = opening.open();
            line = reopened;
            return reopened;
        } catch (TargetUnreachable gone) {
            throw new ConnectionLost("the connection was lost and cannot be opened again");
        }
    }

    @Override
    public void close() {
        isClosed = true;
        if (line != null) {
            line.close();
            line = null;
        }
    }
}
