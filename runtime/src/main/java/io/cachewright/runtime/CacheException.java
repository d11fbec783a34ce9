package io.cachewright.runtime;

/// A read or write that could not be done as promised. Never the answer to a missing key.
public sealed class CacheException extends RuntimeException {

    private CacheException(String message, Throwable cause) {
        super(message, cause);
    }

    private CacheException(String message) {
        super(message);
    }

    /// The class refuses reads while its freshness cannot be proved. Nothing was read.
    public static final class Refused extends CacheException {
        Refused(String message) {
            super(message);
        }
    }

    /// The server could not be reached, or did not answer in time.
    public static final class Unavailable extends CacheException {
        Unavailable(String message) {
            super(message);
        }

        Unavailable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /// The server answered with an error, for example `WRONGTYPE` or `NOPERM`.
    public static final class Rejected extends CacheException {
        Rejected(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /// The write was done, but not known to be where its class wants it within the time that a write may take. It may
    /// be lost in a failover, and may be there all the same.
    public static final class NotDurable extends CacheException {
        NotDurable(String message) {
            super(message);
        }
    }

    /// The value had to be loaded from its source, which failed, was too slow, or was not asked because too
    /// much is under way or it failed too often; and there was no last value to serve.
    public static final class NotLoaded extends CacheException {
        NotLoaded(String message) {
            super(message);
        }

        NotLoaded(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
