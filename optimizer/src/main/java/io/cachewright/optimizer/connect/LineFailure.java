package io.cachewright.optimizer.connect;

import io.cachewright.lab.wire.MalformedReply;
import io.lettuce.core.protocol.RedisProtocolException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Says in one clause why a line failed; never the class of an exception, never a whole chain.
final class LineFailure {

    private static final int CAUSES_MAX = 20;

    private LineFailure() {}

    /// What to throw for it: an interrupt of this thread is no fault of the connection.
    static RuntimeException of(Throwable failure) {
        return Thread.currentThread().isInterrupted() ? new SessionInterrupted() : new ConnectionLost(clause(failure));
    }

    static String clause(Throwable failure) {
        List<Throwable> causes = causes(failure);
        if (causes.stream().anyMatch(SocketTimeoutException.class::isInstance)) {
            return "no reply in time";
        }
        if (causes.stream()
                .anyMatch(cause -> cause instanceof RedisProtocolException || cause instanceof MalformedReply)) {
            return "the reply is not of the Redis protocol";
        }
        return "the connection was closed";
    }

    /// The failure and its causes, outermost first.
    static List<Throwable> causes(Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = failure; cause != null && causes.size() < CAUSES_MAX; cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes;
    }

    /// The first cause of that kind.
    static <T extends Throwable> Optional<T> cause(Throwable failure, Class<T> kind) {
        return causes(failure).stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }
}
