package io.cachewright.runtime;

import io.cachewright.domain.policy.Durability;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.protocol.AsyncCommand;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Sends commands to whoever owns their keys: over redirects, failovers and slots on their way, until they are executed
/// or time is up.
///
/* A command is sent again when it was not executed: the server said so (MOVED, ASK, TRYAGAIN, LOADING and the like), or
 * it never left. When nobody knows, because its link was lost, it is sent again only where that does no harm
 * (see Repeat). Each attempt is a command of its own, made anew.
 *
 * ASK is followed at once; everything else waits for a few milliseconds, in which the map of the slots is looked up
 * anew or the next link is armed.
 */
final class Routing {

    private static final long RETRY_NANOS = 4_000_000;

    /// Whether a command may be executed twice.
    enum Repeat {
        HARMLESS,
        /// Sent once more only after the server said that it did not execute it.
        NEVER
    }

    private final Links links;
    private final LinkClock clock;
    private final ScheduledExecutorService timer;
    private final long timeoutNanos;

    Routing(Links links, LinkClock clock, ScheduledExecutorService timer, Duration timeout) {
        this.links = links;
        this.clock = clock;
        this.timer = timer;
        this.timeoutNanos = timeout.toNanos();
    }

    /// Sends one that changes nothing that is kept near, and may be executed twice. `key` stands for all keys of
    /// the command, which must be of its slot.
    <T> CompletableFuture<T> call(String key, Supplier<AsyncCommand<String, byte[], T>> command) {
        return new Errand<>(key, Repeat.HARMLESS, (link, isAsking) -> link.call(command.get(), isAsking)).run();
    }

    /// Sends a write of `keys`, which must be of one slot. What is near of them is dropped before and after.
    <T> CompletableFuture<T> write(
            List<String> keys,
            Supplier<AsyncCommand<String, byte[], T>> command,
            Durability durability,
            Repeat repeat) {
        return new Errand<>(
                        keys.getFirst(),
                        repeat,
                        (link, isAsking) -> link.write(keys, command.get(), durability, isAsking))
                .run();
    }

    /// As [#write(List, Supplier, Durability, Repeat)] of one key, for a write that nobody but its writer waits for and
    /// that may be done twice.
    <T> CompletableFuture<T> write(String key, Supplier<AsyncCommand<String, byte[], T>> command) {
        return write(List.of(key), command, Durability.async(), Repeat.HARMLESS);
    }

    @FunctionalInterface
    private interface Send<T> {
        CompletableFuture<T> over(ServerLink link, boolean isAsking);
    }

    /// One command on its way.
    private final class Errand<T> {
        private final String key;
        private final Repeat repeat;
        private final Send<T> send;
        private final long deadlineNanos = clock.nanoTime() + timeoutNanos;
        private final CompletableFuture<T> outcome = new CompletableFuture<>();

        Errand(String key, Repeat repeat, Send<T> send) {
            this.key = key;
            this.repeat = repeat;
            this.send = send;
        }

        CompletableFuture<T> run() {
            attempt(links.of(key), false);
            return outcome;
        }

        private void attempt(ServerLink link, boolean isAsking) {
            var _ = send.over(link, isAsking).whenComplete((result, failure) -> {
                if (failure == null) {
                    outcome.complete(result);
                } else {
                    failed(unwrapped(failure), isAsking);
                }
            });
        }

        private void failed(Throwable failure, boolean wasAsking) {
            Optional<Redirect> redirect = Redirect.of(failure);
            boolean isAsk = redirect.isPresent() && redirect.get().isAsk();
            redirect.filter(each -> !each.isAsk()).ifPresent(links::moved);
            long pause = RETRY_NANOS / 2 + ThreadLocalRandom.current().nextLong(RETRY_NANOS);
            // So that whoever waits hears why before his own time is up.
            boolean isInTime = clock.nanoTime() + pause - deadlineNanos < 0;
            if (!isInTime || !mayTryAgain(failure)) {
                outcome.completeExceptionally(failure);
            } else if (isAsk && !wasAsking) {
                attempt(links.at(redirect.get().target()), true);
            } else {
                later(pause);
            }
        }

        private boolean mayTryAgain(Throwable failure) {
            if (failure instanceof RedisCommandExecutionException error) {
                return Failures.isTransient(error);
            }
            return failure instanceof Writes.NotSent
                    || (repeat == Repeat.HARMLESS && !(failure instanceof CacheException));
        }

        private void later(long pause) {
            try {
                var _ = timer.schedule(() -> attempt(links.of(key), false), pause, TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException _) {
                outcome.completeExceptionally(new CacheException.Unavailable("the client is closed"));
            }
        }
    }

    private static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
