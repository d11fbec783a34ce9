package io.cachewright.runtime;

import io.cachewright.domain.policy.Durability;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.protocol.AsyncCommand;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// What else than reads travels on a link: writes, and commands that change nothing that is kept near.
final class LinkCalls {

    private final ServerLink link;
    private final DurableWrites durable;

    LinkCalls(ServerLink link, DurableWrites durable) {
        this.link = link;
        this.durable = durable;
    }

    <T> CompletableFuture<T> call(AsyncCommand<String, byte[], T> command, boolean isAsking) {
        StatefulRedisConnection<String, byte[]> current = link.armedConnection();
        if (current == null) {
            return CompletableFuture.failedFuture(noLink());
        }
        CompletableFuture<T> outcome = command.toCompletableFuture();
        dispatch(current, command, isAsking);
        return outcome;
    }

    private static void dispatch(
            StatefulRedisConnection<String, byte[]> on, AsyncCommand<String, byte[], ?> command, boolean isAsking) {
        Primary.dispatch(on, isAsking ? List.of(Commands.asking(), command) : List.of(command));
    }

    private Writes.NotSent noLink() {
        return new Writes.NotSent("no " + link);
    }

    /// What is stored of `keys` is dropped before and after, so that the writer reads its own write.
    <T> CompletableFuture<T> write(
            List<String> keys, AsyncCommand<String, byte[], T> command, Durability durability, boolean isAsking) {
        StatefulRedisConnection<String, byte[]> current;
        synchronized (link) {
            current = link.armedConnection();
            if (current == null) {
                return CompletableFuture.failedFuture(noLink());
            }
            link.invalidate(keys);
        }
        CompletableFuture<T> written;
        if (durability instanceof Durability.Async) {
            written = command.toCompletableFuture();
            dispatch(current, command, isAsking);
        } else {
            written = durable.write(command, durability, isAsking);
        }
        // A future of its own, or the failure would come wrapped.
        CompletableFuture<T> outcome = new CompletableFuture<>();
        var _ = written.whenComplete((result, failure) -> {
            link.invalidate(keys);
            if (failure == null) {
                outcome.complete(result);
            } else {
                outcome.completeExceptionally(failure);
            }
        });
        return outcome;
    }
}
