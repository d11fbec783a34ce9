package io.cachewright.optimizer.prove;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/// Work on a platform thread of its own, which can be bound to cores without binding the caller.
final class OnOwnThread {

    private OnOwnThread() {}

    /// Runs the work and waits for it. When the caller is interrupted, so is the work.
    static <T> T call(String name, Supplier<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = Thread.ofPlatform().name(name).start(() -> {
            try {
                result.complete(work.get());
            } catch (RuntimeException | Error e) {
                result.completeExceptionally(e);
            }
        });
        try {
            return result.get();
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while measuring", e);
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause());
        }
    }
}
