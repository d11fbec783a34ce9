package io.cachewright.runtime;

import io.lettuce.core.RedisCommandExecutionException;
import org.jspecify.annotations.Nullable;

/// Turns what the driver throws into what the runtime promises to throw.
final class Failures {

    private Failures() {}

    static CacheException of(@Nullable Throwable cause) {
        return switch (cause) {
            case null -> new CacheException.Unavailable("no answer");
            case CacheException known -> known;
            case RedisCommandExecutionException error
            when isTransient(error) ->
                new CacheException.Unavailable("the server is not ready: " + error.getMessage(), error);
            case RedisCommandExecutionException error ->
                new CacheException.Rejected("the server refused: " + error.getMessage(), error);
            default -> new CacheException.Unavailable("the link failed: " + cause.getMessage(), cause);
        };
    }

    /// Errors that pass by themselves.
    private static boolean isTransient(RedisCommandExecutionException error) {
        String message = error.getMessage();
        return message != null
                && (message.startsWith("LOADING") || message.startsWith("BUSY") || message.startsWith("TRYAGAIN"));
    }
}
