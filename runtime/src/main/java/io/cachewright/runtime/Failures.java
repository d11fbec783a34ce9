package io.cachewright.runtime;

import io.lettuce.core.RedisCommandExecutionException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Turns what the driver throws into what the runtime promises to throw.
final class Failures {

    private static final Set<String> TRANSIENT =
            Set.of("LOADING", "BUSY", "TRYAGAIN", "CLUSTERDOWN", "MASTERDOWN", "MOVED", "ASK", "READONLY");
    /// Deeper than any driver wraps.
    private static final int CAUSES_MAX = 10;

    private Failures() {}

    static CacheException of(@Nullable Throwable cause) {
        return switch (cause) {
            case null -> new CacheException.Unavailable("no answer");
            case CacheException known -> known;
            case Writes.NotSent notSent -> new CacheException.Unavailable("not sent: " + notSent.getMessage(), notSent);
            case RedisCommandExecutionException error
            when isTransient(error) ->
                new CacheException.Unavailable("the server is not ready: " + error.getMessage(), error);
            case RedisCommandExecutionException error ->
                new CacheException.Rejected("the server refused: " + error.getMessage(), error);
            default -> new CacheException.Unavailable("the link failed: " + cause.getMessage(), cause);
        };
    }

    /// What `answer` brings within `timeout`, or what the runtime promises to throw.
    static <T> T await(CompletableFuture<T> answer, Duration timeout) {
        return await(answer, timeout, () -> "no answer in time");
    }

    /// The same for a write of `key`, which may have been done although nobody says so.
    static <T> T awaitWrite(String key, CompletableFuture<T> write, Duration timeout) {
        return await(
                write, timeout, () -> "no answer to the write of " + key + " in time: it may have been done, or not");
    }

    private static <T> T await(CompletableFuture<T> answer, Duration timeout, Supplier<String> late) {
        try {
            return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw of(e.getCause());
        } catch (TimeoutException e) {
            throw new CacheException.Unavailable(late.get(), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /// What a wait throws that was interrupted; the thread stays marked as such.
    static CacheException.Unavailable interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new CacheException.Unavailable("interrupted", cause);
    }

    /// The error for good with which a server answered, wherever the driver has put it; null when there is none.
    static @Nullable RedisCommandExecutionException refusal(@Nullable Throwable failure) {
        Throwable at = failure;
        for (int depth = 0; at != null && depth < CAUSES_MAX; depth++) {
            if (at instanceof RedisCommandExecutionException error) {
                return isTransient(error) ? null : error;
            }
            at = at.getCause();
        }
        return null;
    }

    /// Whether the server refused because the key holds another type than was asked for.
    static boolean isOfOtherType(CacheException.Rejected rejected) {
        RedisCommandExecutionException error = refusal(rejected);
        return error != null && String.valueOf(error.getMessage()).startsWith("WRONGTYPE");
    }

    /// What is at the bottom of `failure`, which says more to people than what was made of it on its way up: that the
    /// connection was refused, and not that there is none.
    static String reason(Throwable failure) {
        Throwable at = failure;
        for (int depth = 0; at.getCause() != null && depth < CAUSES_MAX; depth++) {
            at = at.getCause();
        }
        return at.getMessage() == null ? at.getClass().getSimpleName() : at.getMessage();
    }

    /// Errors that pass by themselves, or once the right server is asked.
    static boolean isTransient(RedisCommandExecutionException error) {
        // The whole word: BUSYGROUP and BUSYKEY do not pass.
        return TRANSIENT.contains(String.valueOf(error.getMessage()).split(" ", 2)[0]);
    }
}
