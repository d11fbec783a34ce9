package io.cachewright.optimizer.connect;

/// The calling thread was interrupted while it waited for a server; the thread's interrupt status is set. It is no
/// [ConnectionLost], because nothing is wrong with the server and nothing further may be asked.
public final class SessionInterrupted extends RuntimeException {

    SessionInterrupted() {
        super("interrupted while waiting for the server");
    }
}
