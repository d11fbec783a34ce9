package io.cachewright.lab.server;

/// No server could be found or started; the message says which, why, and what can be done.
public final class ServerUnavailable extends RuntimeException {

    public ServerUnavailable(String message) {
        super(message);
    }

    public ServerUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
