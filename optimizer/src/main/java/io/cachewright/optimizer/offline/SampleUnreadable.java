package io.cachewright.optimizer.offline;

/// No server of this machine reads the format of a snapshot, so nothing can be loaded from it.
public final class SampleUnreadable extends RuntimeException {

    SampleUnreadable(String message, Throwable cause) {
        super(message, cause);
    }
}
